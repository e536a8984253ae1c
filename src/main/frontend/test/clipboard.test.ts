import { afterEach, beforeEach, expect, it, vi } from 'vitest';

vi.mock('../src/ui/toast', () => ({ toast: vi.fn() }));
vi.mock('../src/ui/dom', () => ({ el: () => ({ value: '', select: () => {}, remove: () => {} }) }));

const { toast } = await import('../src/ui/toast');
const { copy } = await import('../src/ui/clipboard');
const { letProgramsCopy } = await import('../src/terminal/osc52');

let replaying = false;
let osc: (data: string) => boolean;
const writeText = vi.fn(async (_text: string) => {});
const execCommand = vi.fn(() => true);

beforeEach(() => {
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  vi.stubGlobal('document', { activeElement: null, querySelector: () => null, body: { append: () => {} }, execCommand });
  vi.stubGlobal('HTMLElement', class {});
  replaying = false;
  const parser = {
    registerOscHandler: (_: number, handler: (data: string) => boolean) => {
      osc = handler;
    },
  };
  letProgramsCopy({ parser } as never, () => replaying);
});

afterEach(() => {
  vi.clearAllMocks();
  vi.unstubAllGlobals();
});

const said = (): unknown => vi.mocked(toast).mock.calls.at(-1)?.[0];

it('copies what a program writes, and says so', async () => {
  expect(osc('c;Z3LDvMOfZQ==')).toBe(true);
  await vi.waitFor(() => expect(said()).toBe('Copied.'));
  expect(writeText).toHaveBeenCalledWith('grüße');
});

it.each([
  ['a question', 'c;?'],
  ['nonsense', 'c;%%%'],
  ['too much', `c;${'A'.repeat(1_400_001)}`],
  ['nothing', 'c;'],
])('neither copies nor answers %s', async (_, data) => {
  expect(osc(data)).toBe(true);
  await Promise.resolve();
  expect(writeText).not.toHaveBeenCalled();
});

it('does not copy what is only replayed', () => {
  replaying = true;
  osc('c;Y29waWVk');
  expect(writeText).not.toHaveBeenCalled();
});

it('copies by command on plain http, and says "copied" only when it is true', async () => {
  vi.stubGlobal('navigator', {});
  await copy('x');
  expect(said()).toBe('Copied.');
  execCommand.mockReturnValueOnce(false);
  await copy('x');
  expect(said()).toBe('The browser did not allow copying.');
});
