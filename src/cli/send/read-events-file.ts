import { readFileSync } from 'node:fs';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';

/** Events from a file: one JSON object, an array of them, or JSON lines. Texts of objects are sent as they stand. */
export function readEventsFile(path: string): readonly string[] {
  const text = read(path);
  const whole = parse(text);
  if (Array.isArray(whole)) return whole.map((event, index) => requireObject(event, `item ${index}`));
  if (whole !== undefined) {
    requireObject(whole, 'it');
    return [text];
  }
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const events = lines.filter(({ line }) => line !== '');
  for (const { line, number } of events) requireObject(parse(line), `line ${number}`);
  return events.map(({ line }) => line);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw refused(path, `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

/** Undefined for what is no JSON; the parser's own message would quote it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function requireObject(value: unknown, which: string): string {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return JSON.stringify(value);
  throw refused('The file', `holds something that is no event: ${which} is not a JSON object`);
}

function refused(subject: string, why: string): CommandError {
  return new CommandError(ExitCode.Usage, `${subject} ${why}.`);
}
