import { ProblemError } from '../../http/problem.error.js';
import { parseStrictJson } from '../../kernel/strict-json.js';
import type { ItemReader, ItemSender } from '../item-reader.js';
import type { ReadItem } from '../prepare-item.js';
import type { Line } from './line-splitter.js';

/** One error for all: an error with a stack costs as much as reading an event. */
const TOO_LONG = new ProblemError('payload-too-large', 'The line is longer than an event may be.');

/** Reads the event of a line; a fault in it refuses this line alone. */
export function readLine(line: Line, { type, read }: ItemReader, sender: ItemSender): ReadItem {
  return line.kind === 'line' ? read(parseStrictJson(line.bytes), sender) : { type, problem: TOO_LONG };
}
