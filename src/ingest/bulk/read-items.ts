import { ProblemError } from '../../http/problem.error.js';
import { scanJson } from '../../kernel/json-scan.js';
import { type JsonBody, parseStrictJson } from '../../kernel/strict-json.js';
import type { ReadItem } from '../prepare-item.js';
import { type ItemsShape, splitItems } from './split-items.js';

/** How a body with several events is read. */
export interface ItemsReading {
  readonly shape: ItemsShape;
  /** Bytes of one item; a larger one is refused alone, unread. */
  readonly maxItemBytes: number;
  /** The type an item is counted as that was not even read. */
  readonly type: string;
  /** Reads one item that came as so many bytes; what is wrong with it is its own affair. */
  readonly read: (json: JsonBody, bytes: number) => ReadItem;
  /**
   * Told how many items were read, where there are any: once they all are and before any is stored, and also where the
   * body turns out to be none. May throw to refuse them all.
   */
  readonly counted: (items: number) => void;
}

/**
 * The items of a body, read one by one as they are asked for. Throws the 400 problem that refuses the body as a whole:
 * for its envelope, and for an item whose text is no JSON, for then the body is none either.
 */
export function* readItems(body: Buffer, reading: ItemsReading): Generator<ReadItem> {
  let items = 0;
  try {
    for (const item of splitItems(body, reading.shape)) {
      items++;
      if (item.length > reading.maxItemBytes) yield { type: reading.type, problem: TOO_LARGE };
      else yield reading.read(parseItem(item, items), item.length);
    }
  } finally {
    // Else a body that is broken at its end would be read for nothing, over and over.
    if (items > 0) reading.counted(items);
  }
}

function parseItem(item: Buffer, number: number): JsonBody {
  const json = parseStrictJson(item);
  if (json.kind === 'json' || scanJson(item.toString('utf8')).kind === 'too-deep') return json;
  throw new ProblemError('malformed-json', `The body is not valid JSON: its item ${number} is not.`);
}

/** One for all: an error with a stack costs as much as reading an event. */
const TOO_LARGE = new ProblemError('payload-too-large', 'The item is larger than an event may be.');
