import type { EventDefinition } from '../contract/event-definition.js';
import { ProblemError } from '../http/problem.error.js';
import type { JsonBody } from '../kernel/strict-json.js';
import { contentReaderFor } from './content-reader.js';
import type { ReadItem } from './prepare-item.js';

/** Who sent an item, and in which trace. */
export interface ItemSender {
  /** The client's name. */
  readonly client: string;
  readonly traceparent: string;
}

/** Reads one of several events of a type: the business key identifies it, and a fault in it refuses this item alone. */
export interface ItemReader {
  /** The event type. */
  readonly type: string;
  readonly read: (json: JsonBody, sender: ItemSender) => ReadItem;
}

export function itemReaderFor(definition: EventDefinition): ItemReader {
  const { type } = definition;
  const contentOf = contentReaderFor(definition);
  return {
    type,
    read: (json, { client, traceparent }) => {
      try {
        return { definition, content: contentOf(json), client, identity: { kind: 'business' }, traceparent };
      } catch (error) {
        if (error instanceof ProblemError) return { type, problem: error };
        throw error;
      }
    },
  };
}
