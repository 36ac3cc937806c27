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
  /** The type that an unread item is counted under. */
  readonly type: string;
  /** Reads one item that arrived as this many bytes; a fault in it refuses this item alone. */
  readonly read: (json: JsonBody, bytes: number) => ReadItem;
  /**
   * Told how many items were read, if any: when all were read and before any is stored, and also when the body turns
   * out to be no JSON. May throw, which refuses all of them.
   */
  readonly counted: (items: number) => void;
}

/**
 * Reads the items of a body one by one, as they are asked for. Throws the 400 problem that refuses the body as a whole:
 * for a fault in its envelope, and for an item that is no JSON, for then the whole body is no JSON.
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
    // Otherwise bodies that are broken at their end would be read again and again at no cost to the client.
    if (items > 0) reading.counted(items);
  }
}

function parseItem(item: Buffer, number: number): JsonBody {
  const json = parseStrictJson(item);
  if (json.kind === 'json' || scanJson(item.toString('utf8')).kind === 'too-deep') return json;
  throw new ProblemError('malformed-json', `The body is not valid JSON: its item ${number} is not.`);
}

/** One error for all: an error with a stack costs as much as reading an event. */
const TOO_LARGE = new ProblemError('payload-too-large', 'The item is larger than an event may be.');
