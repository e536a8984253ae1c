// Stands in for a language model, on loopback: OpenAI responses, Anthropic messages, Gemini. Prints its port.
// It does the steps in the newest prompt, STEPS [{"shell":"…"},{"say":"…"}]: one an answer, as many as there are results of tools since
// that prompt. {"wait":true} never answers, {"prompts":true} says how many such prompts the conversation has.
import { createServer } from 'node:http';

let calls = 0;

/** A conversation in the words of all three: items that say who spoke, their text, and whether they are results of tools. */
const conversations = {
  responses: (body) =>
    body.input.map((item) => ({ user: item.role === 'user', text: texts(item.content), results: /_output$/.test(item.type) ? 1 : 0 })),
  messages: (body) =>
    body.messages.map((message) => {
      const results = parts(message.content).filter((part) => part.type === 'tool_result').length;
      return { user: message.role === 'user' && results === 0, text: texts(message.content), results };
    }),
  gemini: (body) =>
    body.contents.map((content) => {
      const results = content.parts.filter((part) => part.functionResponse).length;
      return { user: content.role === 'user' && results === 0, text: texts(content.parts), results };
    }),
};
const parts = (content) => (Array.isArray(content) ? content : []);
const texts = (content) => (typeof content === 'string' ? content : parts(content).map((part) => part.text ?? '').join('\n'));

function nextStep(items) {
  const prompt = items.findLastIndex((item) => item.user && item.text.includes('STEPS ['));
  if (prompt < 0) return { say: 'nothing is asked' };
  const text = items[prompt].text;
  const steps = JSON.parse(text.slice(text.indexOf('STEPS [') + 6).split('\n')[0]);
  const step = steps[resultsAfter(items, prompt)] ?? { say: 'done' };
  return step.prompts ? { say: `prompts: ${items.filter((item) => item.user && item.text.includes('STEPS [')).length}` } : step;
}
const resultsAfter = (items, at) => items.slice(at + 1).reduce((sum, item) => sum + item.results, 0);

/** The agent's own shell, by whichever name and with whichever arguments it offers. */
function shell(tools, command) {
  const tool = tools.find(({ name }) => ['exec_command', 'shell_command', 'shell', 'run_shell_command', 'Bash'].includes(name));
  const properties = tool.schema.properties;
  const listed = properties.command?.type === 'array';
  const input = 'cmd' in properties ? { cmd: command } : { command: listed ? ['bash', '-c', command] : command };
  if ('description' in properties) input.description = 'a step';
  return { name: tool.name, input };
}

const tools = {
  responses: (body) => (body.tools ?? []).map((tool) => ({ name: tool.name, schema: tool.parameters })),
  messages: (body) => (body.tools ?? []).map((tool) => ({ name: tool.name, schema: tool.input_schema })),
  gemini: (body) =>
    (body.tools ?? [])
      .flatMap((tool) => tool.functionDeclarations ?? [])
      .map((tool) => ({ name: tool.name, schema: tool.parametersJsonSchema ?? tool.parameters })),
};

const answers = {
  responses(body, say, call, send) {
    const id = `${++calls}`;
    const item = call
      ? { type: 'function_call', id: `fc_${id}`, call_id: `call_${id}`, name: call.name, arguments: JSON.stringify(call.input), status: 'completed' }
      : { type: 'message', id: `msg_${id}`, role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: say, annotations: [] }] };
    const usage = { input_tokens: 1, output_tokens: 1, total_tokens: 2 };
    const response = { id: `resp_${id}`, object: 'response', model: body.model, status: 'completed', output: [item], usage };
    send('response.created', { type: 'response.created', response: { ...response, status: 'in_progress', output: [] } });
    send('response.output_item.added', { type: 'response.output_item.added', output_index: 0, item: call ? item : { ...item, content: [] } });
    if (!call) send('response.output_text.delta', { type: 'response.output_text.delta', item_id: item.id, output_index: 0, content_index: 0, delta: say });
    send('response.output_item.done', { type: 'response.output_item.done', output_index: 0, item });
    send('response.completed', { type: 'response.completed', response });
  },
  messages(body, say, call, send) {
    const id = `${++calls}`;
    const event = (type, more) => send(type, { type, ...more });
    const usage = { input_tokens: 1, output_tokens: 1 };
    event('message_start', { message: { id: `msg_${id}`, type: 'message', role: 'assistant', model: body.model, content: [], stop_reason: null, usage } });
    event('content_block_start', { index: 0, content_block: call ? { type: 'tool_use', id: `toolu_${id}`, name: call.name, input: {} } : { type: 'text', text: '' } });
    event('content_block_delta', {
      index: 0,
      delta: call ? { type: 'input_json_delta', partial_json: JSON.stringify(call.input) } : { type: 'text_delta', text: say },
    });
    event('content_block_stop', { index: 0 });
    event('message_delta', { delta: { stop_reason: call ? 'tool_use' : 'end_turn', stop_sequence: null }, usage });
    event('message_stop', {});
  },
  gemini(body, say, call, send) {
    const part = call ? { functionCall: { name: call.name, args: call.input } } : { text: say };
    send(null, {
      candidates: [{ index: 0, finishReason: 'STOP', content: { role: 'model', parts: [part] } }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
    });
  },
};

function kindOf(url) {
  if (url.endsWith('/responses')) return 'responses';
  if (url.endsWith('/messages')) return 'messages';
  return url.endsWith(':streamGenerateContent') || url.endsWith(':generateContent') ? 'gemini' : null;
}

async function answer(request, response) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  const url = request.url.split('?')[0];
  const kind = kindOf(url);
  if (!kind) {
    response.writeHead(404).end('{}');
    return;
  }
  const body = JSON.parse(text);
  const offered = tools[kind](body);
  // titles and the like are asked for without tools
  const step = offered.length ? nextStep(conversations[kind](body)) : { say: 'a title' };
  if (step.wait) return;
  const call = step.shell ? shell(offered, step.shell) : null;
  const streamed = kind === 'gemini' ? url.endsWith(':streamGenerateContent') : body.stream;
  response.writeHead(200, { 'content-type': streamed ? 'text/event-stream' : 'application/json' });
  let last;
  answers[kind](body, step.say ?? '', call, (event, data) => {
    last = data;
    if (streamed) response.write(`${event ? `event: ${event}\n` : ''}data: ${JSON.stringify(data)}\n\n`);
  });
  response.end(streamed ? undefined : JSON.stringify(last.response ?? last));
}

const server = createServer((request, response) => answer(request, response).catch((error) => response.destroy(error)));
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
// it ends with whoever started it
process.stdin.resume().on('end', () => process.exit());
