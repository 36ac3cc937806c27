import { pointerTo } from './json-pointer.js';
import type { JsonReader, Reading } from './json-reader.js';

/** Reads every item of a list, and finds the faults of all items at once. */
export function listOf<T>(item: JsonReader<T>): JsonReader<readonly T[]> {
  return (value, pointer) => {
    if (!Array.isArray(value)) return refused(pointer, 'must be a list');
    return all(value.map((member: unknown, index) => item(member, `${pointer}/${index}`)));
  };
}

/** Reads an object whose members may have any names. */
export function entriesOf<T>(read: (name: string) => JsonReader<T>): JsonReader<readonly T[]> {
  return (value, pointer) => {
    if (!isObject(value)) return refused(pointer, 'must be an object');
    return all(Object.entries(value).map(([name, member]) => read(name)(member, pointerTo(pointer, name))));
  };
}

/** Reads an object by the reader that its member `kind` names. */
export function byKind<T>(readers: Readonly<Record<string, JsonReader<T>>>): JsonReader<T> {
  const expectation = `must be ${Object.keys(readers).join(', ')}`;
  return (value, pointer) => {
    if (!isObject(value)) return refused(pointer, 'must be an object');
    const { kind } = value;
    const read = typeof kind === 'string' && Object.hasOwn(readers, kind) ? readers[kind] : undefined;
    return read === undefined ? refused(`${pointer}/kind`, expectation) : read(value, pointer);
  };
}

/** Turns what was read into something else. */
export function mapped<A, B>(read: JsonReader<A>, to: (value: A) => B): JsonReader<B> {
  return (value, pointer) => {
    const reading = read(value, pointer);
    return reading.kind === 'read' ? { kind: 'read', value: to(reading.value) } : reading;
  };
}

/** Refuses what was read where `faultOf` finds something wrong with it. */
export function judged<T>(read: JsonReader<T>, faultOf: (value: T) => string | null): JsonReader<T> {
  return (value, pointer) => {
    const reading = read(value, pointer);
    const detail = reading.kind === 'read' ? faultOf(reading.value) : null;
    return detail === null ? reading : refused(pointer, detail);
  };
}

export function refused(pointer: string, detail: string): Reading<never> {
  return { kind: 'refused', faults: [{ pointer, detail }] };
}

function all<T>(readings: readonly Reading<T>[]): Reading<readonly T[]> {
  const faults = readings.flatMap((reading) => (reading.kind === 'refused' ? reading.faults : []));
  if (faults.length > 0) return { kind: 'refused', faults };
  return { kind: 'read', value: readings.flatMap((reading) => (reading.kind === 'read' ? [reading.value] : [])) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
