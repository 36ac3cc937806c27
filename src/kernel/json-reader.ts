import type { InputFault } from './input-fault.js';
import { pointerTo } from './json-pointer.js';

/** The result of reading a value. */
export type Reading<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'refused'; readonly faults: readonly InputFault[] };

/** Reads one value at a place of an input, strictly: it converts nothing and ignores nothing. */
export type JsonReader<T> = (value: unknown, pointer: string) => Reading<T>;

type Readers = Readonly<Record<string, JsonReader<unknown>>>;
type ValueOf<R> = R extends JsonReader<infer T> ? T : never;
type Members<M extends Readers, K extends keyof M> = { readonly [P in K]: ValueOf<M[P]> } & {
  readonly [P in Exclude<keyof M, K>]?: ValueOf<M[P]>;
};

/** Reads an object with these members and no others, and finds all of its faults at once. */
export function objectOf<M extends Readers, K extends keyof M & string = never>(
  readers: M,
  required: readonly K[] = [],
): JsonReader<Members<M, K>> {
  return (value, pointer) => {
    if (!isObject(value)) return refused(pointer, 'must be an object');
    const members = Object.entries(value).map(([name, member]) => {
      const place = pointerTo(pointer, name);
      return [name, readMember(readers, name)(member, place)] as const;
    });
    const faults = [
      ...members.flatMap(([, reading]) => (reading.kind === 'refused' ? reading.faults : [])),
      ...required
        .filter((name) => !Object.hasOwn(value, name))
        .map((name) => ({ pointer: `${pointer}/${name}`, detail: 'is required' })),
    ];
    if (faults.length > 0) return { kind: 'refused', faults };
    const values = members.flatMap(([name, reading]) => (reading.kind === 'read' ? [[name, reading.value]] : []));
    return { kind: 'read', value: Object.fromEntries(values) as Members<M, K> };
  };
}

/** Reads one of these texts. */
export function oneOf<T extends string>(...texts: readonly T[]): JsonReader<T> {
  const expectation = `must be ${texts.map((text) => JSON.stringify(text)).join(' or ')}`;
  return reader((value): value is T => texts.some((text) => text === value), expectation);
}

/** Reads any value that a predicate accepts; `expectation` completes "the value ...". */
export function reader<T>(accepts: (value: unknown) => value is T, expectation: string): JsonReader<T> {
  return (value, pointer) => (accepts(value) ? { kind: 'read', value } : refused(pointer, expectation));
}

/** Reads a text that stands for something else: `read` returns undefined for a text that stands for nothing. */
export function textAs<T>(read: (text: string) => T | undefined, expectation: string): JsonReader<T> {
  return (value, pointer) => {
    const meaning = typeof value === 'string' ? read(value) : undefined;
    return meaning === undefined ? refused(pointer, expectation) : { kind: 'read', value: meaning };
  };
}

function readMember(readers: Readers, name: string): JsonReader<unknown> {
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  return read ?? ((_value, pointer) => refused(pointer, 'is not a known property'));
}

function refused(pointer: string, detail: string): Reading<never> {
  return { kind: 'refused', faults: [{ pointer, detail }] };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
