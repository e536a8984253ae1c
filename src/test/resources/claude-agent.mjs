// An agent for tests: it speaks as `claude -p` does with its stream-json formats, and does the steps that the prompt is, well or badly.
import { createInterface } from 'node:readline';

const resumed = process.argv.includes('--resume') ? process.argv[process.argv.indexOf('--resume') + 1] : null;
if (resumed === 'forgotten') {
  process.stderr.write(`No conversation found with session ID: ${resumed}\n`);
  process.exit(1);
}
const waiting = new Map();
let interrupted = false;
const send = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
const said = (content) => send({ type: 'assistant', message: { role: 'assistant', content } });
const say = (text) => said([{ type: 'text', text }]);
const request = (id, body) =>
  new Promise((resolve) => {
    waiting.set(id, resolve);
    send({ type: 'control_request', request_id: id, request: body });
  });
const result = (more) => send({ type: 'result', subtype: 'success', is_error: false, result: 'done', ...more });

const steps = {
  say,
  session: (id) => send({ type: 'system', subtype: 'init', session_id: id }),
  noise: () => process.stdout.write('warning: x\n{"type":5}\n{"type":"assistant"}\n{"type":"from_the_future"}\n{"half":\n'),
  tools: () => {
    said([{ type: 'thinking', thinking: 'hm' }, { type: 'tool_use', id: 'a', name: 'Bash', input: { command: 'make' } }]);
    said([{ type: 'tool_use', id: 'b', name: 'Read', input: { file_path: '/x' } }]);
    send({ type: 'user', message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', is_error: true }] } });
  },
  ask: async (command) => {
    const answer = await request('q', { subtype: 'can_use_tool', tool_name: 'Bash', input: { command } });
    say(`${answer.response.behavior} ${answer.response.updatedInput?.command ?? answer.response.message}`);
  },
  withdraw: async (command) => {
    request('w', { subtype: 'can_use_tool', tool_name: 'Bash', input: { command } });
    send({ type: 'control_cancel_request', request_id: 'w' });
  },
  hook: async () => say((await request('h', { subtype: 'hook_callback' })).subtype),
  fail: (words) => result({ subtype: 'error_during_execution', is_error: true, errors: [words] }),
  resumed: () => say(`resumed ${resumed}`),
  untilInterrupted: async () => {
    while (!interrupted) await new Promise((resolve) => setTimeout(resolve, 5));
  },
};

async function prompted(text) {
  send({ type: 'system', subtype: 'init', session_id: resumed ?? 'session-1' });
  for (const step of JSON.parse(text)) {
    const [[name, value]] = Object.entries(step);
    await steps[name](value);
  }
  result({});
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const message = JSON.parse(line);
    if (message.type === 'user') prompted(message.message.content[0].text);
    else if (message.type === 'control_response') waiting.get(message.response.request_id)?.(message.response);
    else if (message.request.subtype === 'interrupt') interrupted = true;
  })
  .on('close', () => process.exit());
