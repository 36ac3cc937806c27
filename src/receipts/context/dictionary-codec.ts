import type { Codec } from './codec.js';
import { CLOSE_LIST, type JsonText, OPEN_LIST } from './json-text.js';
import { ObjectCodec } from './object-codec.js';
import { KEY } from './plain-codecs.js';
import type { Dictionary, Value, WireForm, WireObject } from './value.js';

interface Entry<T> extends WireObject {
  readonly key: string;
  readonly value: T;
}

/** A dictionary of texts to values of one kind. */
export function dictionaryOf<T>(values: Codec<T>, others: Codec<Value>): Codec<Dictionary<T>> {
  // Without `absent` and `empty`: an entry must have a value.
  const value: Codec<T> = { read: values.read, write: values.write };
  const entries = new ObjectCodec<Entry<T>>({
    kind: 'Entry',
    codecs: { key: KEY, value },
    others,
    nameOf: (property) => property,
  });
  return {
    read: (text) => readEntries(text, entries),
    write: (dictionary) => `[${writeEntries(dictionary, entries).join(',')}]`,
    empty: () => new Map(),
  };
}

function readEntries<T>(text: JsonText, entries: ObjectCodec<Entry<T>>): Dictionary<T> {
  const dictionary = new Map<string, T>();
  const wire = new Map<string, WireForm>();
  text.open(OPEN_LIST, 'must be a list of keys and values');
  for (let isFirst = true; text.hasNext(isFirst, CLOSE_LIST); isFirst = false) {
    const entry = entries.read(text);
    if (dictionary.has(entry.key)) text.fail('has a key that appears more than once');
    dictionary.set(entry.key, entry.value);
    if (entry.wire !== undefined) wire.set(entry.key, entry.wire);
  }
  return wire.size === 0 ? dictionary : Object.assign(dictionary, { wire });
}

function writeEntries<T>(dictionary: Dictionary<T>, entries: ObjectCodec<Entry<T>>): readonly string[] {
  return Array.from(dictionary, ([key, value]) => {
    const wire = dictionary.wire?.get(key);
    return entries.write(wire === undefined ? { key, value } : { key, value, wire });
  });
}
