import { ProblemError } from '../../http/problem.error.js';
import { parseStrictJson } from '../../kernel/strict-json.js';
import type { ItemReader, ItemSender } from '../item-reader.js';
import type { ReadItem } from '../prepare-item.js';
import type { Line } from './line-splitter.js';

/** One for all: an error with a stack costs as much as reading an event. */
const TOO_LONG = new ProblemError('payload-too-large', 'The line is longer than an event may be.');

/** The event of a line; what is wrong with it is its own affair. */
export function readLine(line: Line, { type, read }: ItemReader, sender: ItemSender): ReadItem {
  return line.kind === 'line' ? read(parseStrictJson(line.bytes), sender) : { type, problem: TOO_LONG };
}
