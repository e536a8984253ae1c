import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as credentials from '../src/store/credentials';
import { formattedCode, normalizedCode, pairingCodeIn } from '../src/store/pairing';
import { parseRoute, routeHash } from '../src/store/route';
import { deviceName } from '../src/store/device-name';

describe('pairing code', () => {
  it('is found in the link only', () => {
    expect(pairingCodeIn('#pair=ABCD-EFGH-JKLM-2345')).toBe('ABCD-EFGH-JKLM-2345');
    expect(pairingCodeIn('#pair=a%20b')).toBe('a b');
    expect(pairingCodeIn('#/session/1')).toBeUndefined();
  });

  it('may be typed in any case, with or without dashes and spaces', () => {
    expect(normalizedCode(' abcd efgh-jklm2345 ')).toBe('ABCD-EFGH-JKLM-2345');
    expect(normalizedCode('abcd')).toBeUndefined();
    expect(formattedCode('abcdef')).toBe('ABCD-EF');
  });
});

describe('route', () => {
  it.each([
    ['', { at: 'home' }],
    ['#/', { at: 'home' }],
    ['#/session/', { at: 'home' }],
    ['#/session/s1', { at: 'session', id: 's1' }],
    ['#/session/s1/t%2F2', { at: 'session', id: 's1', terminal: 't/2' }],
  ])('%j', (hash, route) => expect(parseRoute(hash)).toEqual(route));

  it('survives a round trip', () => {
    const route = { at: 'session', id: 'a b', terminal: 'ü/1' } as const;
    expect(parseRoute(routeHash(route))).toEqual(route);
  });
});

describe('credentials', () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  const later = '2999-01-01T00:00:00Z';

  it('keeps a token for each session and forgets one at a time', () => {
    credentials.keepSession({ sessionId: 'a', token: 'ta', expiresAt: later });
    credentials.keepSession({ sessionId: 'b', token: 'tb', expiresAt: later });
    credentials.forgetSession('a');
    expect(credentials.sessionToken('a')).toBeUndefined();
    expect(credentials.sessionToken('b')).toBe('tb');
  });

  it('does not offer an expired token', () => {
    credentials.keepSession({ sessionId: 'a', token: 'ta', expiresAt: '2001-01-01T00:00:00Z' });
    expect(credentials.sessionToken('a')).toBeUndefined();
  });

  it('forgets everything on signing out', () => {
    credentials.keepOperator({ token: 'op', expiresAt: later, subject: 'dev' });
    credentials.keepSession({ sessionId: 'a', token: 'ta', expiresAt: later });
    credentials.forgetEverything();
    expect(credentials.operator()).toBeUndefined();
    expect(credentials.sessionToken('a')).toBeUndefined();
  });

  it('lasts until the page is left when storage is off', () => {
    const off = (): never => {
      throw new DOMException('denied', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: off, setItem: off, removeItem: off });
    credentials.keepOperator({ token: 'op', expiresAt: later, subject: 'dev' });
    expect(credentials.operator()?.token).toBe('op');
    credentials.forgetEverything();
    expect(credentials.operator()).toBeUndefined();
  });
});

describe('the name of a device', () => {
  it.each([
    ['Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36', 'Chrome on Android'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0', 'Edge on Windows'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1', 'Safari on iPhone'],
    ['curl/8', 'browser on unknown system'],
  ])('is short: %s', (agent, name) => expect(deviceName(agent)).toBe(name));
});
