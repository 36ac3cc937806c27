/** What a marked block of a document asks for, in the order of the document. */
export type Step =
  | {
      readonly kind: 'request' | 'command' | 'program';
      readonly line: number;
      readonly text: string;
      readonly marks: Marks;
      readonly answer: Answer | null;
    }
  | { readonly kind: 'file'; readonly line: number; readonly text: string; readonly name: string }
  | { readonly kind: 'dataverse'; readonly line: number; readonly mood: 'away' | 'back' };

/** What must come back. */
export interface Answer {
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** Whether it may take a while: the step is repeated until it fits. */
  readonly eventually: boolean;
}

/** The words after a fence's language: `run`, `answer`, `eventually`, `shown`, and `name=value`. */
type Marks = ReadonlyMap<string, string>;

/** A fenced block, marked or not. */
interface Block {
  readonly line: number;
  readonly language: string;
  readonly marks: Marks;
  readonly text: string;
}

/** A document as a walk that can be run. */
export interface WalkedDocument {
  /** Settings of the gateway it wants, beside those of every test. */
  readonly settings: Readonly<Record<string, string>>;
  /** Whether its Dataverse has nothing yet: the document makes it ready. */
  readonly beginsEmpty: boolean;
  readonly blocks: readonly Block[];
  readonly steps: readonly Step[];
}

const FENCE = /^\s*(`{3,})\s*(\S*)\s*(.*)$/;
const DIRECTIVE = /^<!-- (gateway|dataverse): (.+) -->$/;
const PROGRAMS = new Set(['typescript', 'javascript']);

/** Reads the examples of a Markdown document, those in HTML comments too. Throws where a mark makes no sense. */
export function readDocument(markdown: string): WalkedDocument {
  const settings: Record<string, string> = {};
  const blocks: Block[] = [];
  const steps: Step[] = [];
  let beginsEmpty = false;
  const lines = markdown.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const [, subject, value = ''] = DIRECTIVE.exec(lines[index] ?? '') ?? [];
    if (subject === 'gateway') Object.assign(settings, Object.fromEntries(marksOf(value)));
    if (subject === 'dataverse' && value === 'empty') beginsEmpty = true;
    else if (subject === 'dataverse')
      steps.push({ kind: 'dataverse', line: index + 1, mood: moodOf(value, index + 1) });
    const block = blockAt(lines, index);
    if (block === null) continue;
    blocks.push(block);
    addSteps(steps, block);
    index += block.text.split('\n').length;
  }
  return { settings, beginsEmpty, blocks, steps };
}

function blockAt(lines: readonly string[], index: number): Block | null {
  const [, fence, language = '', words = ''] = FENCE.exec(lines[index] ?? '') ?? [];
  if (fence === undefined) return null;
  const length = lines.slice(index + 1).findIndex((line) => line.trim() === fence);
  if (length < 0) throw new Error(`line ${index + 1}: the block does not end`);
  const text = `${lines.slice(index + 1, index + 1 + length).join('\n')}\n`;
  return { line: index + 1, language, marks: marksOf(words), text };
}

function marksOf(words: string): Marks {
  return new Map(
    words
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word) => {
        const [name = '', ...value] = word.split('=');
        return [name, value.join('=')];
      }),
  );
}

function moodOf(value: string, line: number): 'away' | 'back' {
  if (value !== 'away' && value !== 'back')
    throw new Error(`line ${line}: Dataverse is empty, away or back, not ${value}`);
  return value;
}

function addSteps(steps: Step[], block: Block): void {
  const { line, language, marks, text } = block;
  const file = marks.get('file');
  if (file !== undefined) steps.push({ kind: 'file', line, text, name: file });
  if (marks.has('run')) steps.push({ kind: kindOf(block), line, text, marks, answer: null });
  if (!marks.has('answer')) return;
  const last = steps.at(-1);
  if (last === undefined || !('answer' in last)) throw new Error(`line ${line}: an answer to nothing`);
  steps[steps.length - 1] = { ...last, answer: { line, language, text, eventually: marks.has('eventually') } };
}

function kindOf({ line, language, marks }: Block): 'request' | 'command' | 'program' {
  if (language === 'http') return 'request';
  if (!PROGRAMS.has(language)) return 'command';
  if (!marks.has('file')) throw new Error(`line ${line}: a program needs file=<name>`);
  return 'program';
}
