// An agent for tests: it speaks the Agent Client Protocol and does the steps that the prompt is, well or badly.
import { appendFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

let next = 1;
let sessions = 0;
let cancelled = false;
const waiting = new Map();
const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const ask = (method, params) =>
  new Promise((resolve) => {
    const id = `agent-${next++}`;
    waiting.set(id, resolve);
    send({ id, method, params });
  });
const update = (sessionId, body) => send({ method: 'session/update', params: { sessionId, update: body } });
const chunk = (sessionId, text) =>
  JSON.stringify({
    jsonrpc: '2.0',
    method: 'session/update',
    params: { sessionId, update: { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } } },
  });
const say = (sessionId, text) => process.stdout.write(`${chunk(sessionId, text)}\n`);
const askPermission = (sessionId, title) =>
  ask('session/request_permission', {
    sessionId,
    toolCall: { toolCallId: 't', title },
    options: [
      { optionId: 'yes', name: 'Allow', kind: 'allow_once' },
      { optionId: 'always', name: 'Always', kind: 'allow_always' },
      { optionId: 'no', name: 'Reject', kind: 'reject_once' },
    ],
  });
const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

const steps = {
  say: (session, text) => say(session, text),
  write: (session, [file, text]) => writeFileSync(file, text),
  append: (session, [file, text]) => appendFileSync(file, text),
  chunks: (session, count) => {
    for (let i = 0; i < count; i++) say(session, `${i} `);
  },
  noise: () => process.stdout.write('Debugger attached\n{"half":\n[1,2]\n\n{"jsonrpc":"2.0","id":77,"result":5}\n'),
  unknown: (session) => update(session, { sessionUpdate: 'from_the_future', x: [1] }),
  tools: (session) => {
    update(session, { sessionUpdate: 'tool_call_update', toolCallId: 'b', status: 'completed', title: 'only updated' });
    update(session, { sessionUpdate: 'tool_call_update', toolCallId: 'unnamed', status: 'in_progress' });
    for (let twice = 0; twice < 2; twice++) {
      update(session, { sessionUpdate: 'tool_call', toolCallId: 'a', title: 'announced', status: 'pending' });
    }
    for (const status of ['in_progress', 'failed', 'completed']) {
      update(session, { sessionUpdate: 'tool_call_update', toolCallId: 'c', title: 'ended twice', status });
    }
  },
  unoffered: async (session) => say(session, `code ${(await ask('fs/read_text_file', { path: '/etc/passwd' })).error.code}`),
  malformed: async (session) => say(session, `code ${(await ask('session/request_permission', { options: 5 })).error.code}`),
  ask: async (session, title) => {
    const answer = await askPermission(session, title);
    say(session, `answer ${answer.result.outcome.optionId ?? answer.result.outcome.outcome}`);
  },
  askTwice: (session, titles) => Promise.all(titles.map((title) => askPermission(session, title))),
  split: async (session) => {
    const bytes = Buffer.from(`${chunk(session, '€😀')}\n`);
    for (const byte of bytes) {
      process.stdout.write(Buffer.from([byte]));
      await sleep(1);
    }
  },
  big: (session, count) => say(session, 'x'.repeat(count)),
  // the time is the last that is heard of it
  die: (session, words) => {
    process.stderr.write(`${words}\n`, () => process.stdout.write(`${chunk(session, `died ${Date.now()}`)}\n`, () => process.exit(9)));
    return new Promise(() => {});
  },
  fail: (session, words) => {
    throw new Error(words);
  },
  environment: (session, name) => say(session, process.env[name]),
  tool: (session, title) => update(session, { sessionUpdate: 'tool_call', toolCallId: title, title, status: 'completed' }),
  hang: () => new Promise(() => {}),
  untilCancelled: async () => {
    while (!cancelled) await sleep(5);
  },
};

async function handle({ id, method, params, result, error }) {
  if (!method) {
    waiting.get(id)?.({ result, error });
  } else if (method === 'initialize') {
    send({ id, result: { protocolVersion: 1, agentCapabilities: { loadSession: true } } });
  } else if (method === 'session/new') {
    send({ id, result: { sessionId: `session-${process.pid}-${++sessions}` } });
  } else if (method === 'session/load') {
    say(params.sessionId, 'said before');
    send({ id, result: {} });
    // as Gemini CLI does it: goes on to repeat when it has answered already
    await sleep(30);
    say(params.sessionId, 'said before');
  } else if (method === 'session/cancel') {
    cancelled = true;
  } else if (method === 'session/prompt') {
    try {
      for (const step of JSON.parse(params.prompt[0].text)) {
        const [[name, value]] = Object.entries(step);
        await steps[name](params.sessionId, value);
      }
    } catch (failure) {
      send({ id, error: { code: -32603, message: failure.message } });
      return;
    }
    send({ id, result: { stopReason: cancelled ? 'cancelled' : 'end_turn' } });
  }
}

createInterface({ input: process.stdin }).on('line', (line) => handle(JSON.parse(line)));
