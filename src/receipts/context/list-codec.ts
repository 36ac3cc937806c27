import type { Codec } from './codec.js';
import { CLOSE_LIST, OPEN_LIST } from './json-text.js';

/** A list of values of one kind. */
export function listOf<T>(items: Codec<T>): Codec<readonly T[]> {
  return {
    read: (text) => {
      const list: T[] = [];
      text.open(OPEN_LIST, 'must be a list');
      for (let isFirst = true; text.hasNext(isFirst, CLOSE_LIST); isFirst = false) list.push(items.read(text));
      return list;
    },
    write: (list) => `[${list.map(items.write).join(',')}]`,
    empty: () => [],
  };
}
