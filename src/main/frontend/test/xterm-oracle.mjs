// Draws what Java's tests send it, one JSON object a line, and says what xterm.js shows then. For tests only.
import { createInterface } from 'node:readline';
import headless from '@xterm/headless';
import unicode11 from '@xterm/addon-unicode11';

function attributes(cell) {
  // A restored cursor (DECRC) has xterm.js forget which underline it was.
  const underlined = cell.isUnderline() ? `u${cell.getUnderlineStyle() || 1}` : '';
  const flags = [
    [cell.isBold(), 'b'], [cell.isDim(), 'd'], [cell.isItalic(), 'i'], [cell.isBlink(), 'k'], [cell.isInverse(), 'v'],
    [cell.isInvisible(), 'h'], [cell.isStrikethrough(), 's'], [cell.isOverline(), 'o'],
  ];
  return `${cell.getFgColorMode()}.${cell.getFgColor()}/${cell.getBgColorMode()}.${cell.getBgColor()}/`
    + underlined + flags.filter(([on]) => on).map(([, name]) => name).join('');
}

// An erased cell looks like a space of its background, whatever else is kept with it.
function drawn(cell) {
  const text = cell.getChars();
  const blank = text === '' || text === ' ';
  const plain = !cell.isInverse() && !cell.isUnderline() && !cell.isStrikethrough() && !cell.isOverline();
  const look = blank && plain ? `/${cell.getBgColorMode()}.${cell.getBgColor()}` : attributes(cell);
  return [text === '' && cell.getWidth() > 0 ? ' ' : text, look];
}

function row(line, cols) {
  let text = '';
  const looks = [];
  for (let x = 0; x < cols; x++) {
    const [chars, look] = drawn(line.getCell(x));
    text += chars;
    if (look !== looks.at(-1)?.[1]) looks.push([x, look]);
  }
  return [text.trimEnd(), ...looks.map(([x, look]) => `${x}:${look}`)];
}

const write = (term, bytes) => new Promise((done) => term.write(bytes, done));

async function draw({ cols, rows, steps, history }) {
  const term = new headless.Terminal({ cols, rows, allowProposedApi: true, scrollback: 1000 });
  term.loadAddon(new unicode11.Unicode11Addon());
  term.unicode.activeVersion = '11';
  let title = '';
  let answers = '';
  term.onTitleChange((changed) => (title = changed));
  term.onData((data) => (answers += data));
  for (const step of steps) {
    if (step.text !== undefined) await write(term, step.text);
    else if (step.bytes !== undefined) await write(term, Buffer.from(step.bytes, 'base64'));
    else term.resize(step.cols, step.rows);
  }
  const { active } = term.buffer;
  const result = {
    type: active.type, cols: term.cols, rows: term.rows, cursor: [active.cursorX, active.cursorY], title, modes: term.modes, answers,
    lines: Array.from({ length: term.rows }, (_, y) => row(active.getLine(active.baseY + y), term.cols)),
  };
  if (history) {
    const { normal } = term.buffer;
    result.history = Array.from({ length: normal.baseY }, (_, y) => normal.getLine(y).translateToString(true));
  }
  term.dispose();
  return result;
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await draw(JSON.parse(line))) + '\n');
}
