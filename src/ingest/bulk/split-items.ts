import { isUtf8 } from 'node:buffer';
import { invalidInput } from '../../http/invalid-input.js';
import { ProblemError } from '../../http/problem.error.js';
import { FaultList } from '../../kernel/fault-list.js';
import { pointerTo } from '../../kernel/json-pointer.js';
import { JsonCursor } from './json-cursor.js';

/** Where the items stand in a body, and how many there may be. */
export interface ItemsShape {
  /** The member of the top-level object that lists them; null where the body itself is the list. */
  readonly at: string | null;
  readonly minItems: number;
  readonly maxItems: number;
}

/**
 * Finds the bytes of each item, one after the other, without parsing them: parsing a body of eight megabytes would
 * block the event loop. Throws the 400 problem for every fault around the items. Such a fault can come after the last
 * item, so nothing may be stored before the end.
 */
export function* splitItems(body: Buffer, shape: ItemsShape): Generator<Buffer> {
  if (body.length === 0) throw new ProblemError('malformed-json', 'The body is empty.');
  if (!isUtf8(body)) throw new ProblemError('malformed-json', 'The body is not valid UTF-8.');
  const cursor = new JsonCursor(body);
  const { at } = shape;
  if (!cursor.passes(at === null ? '[' : '{'))
    throw otherwise(cursor, at === null ? 'must be a list' : 'must be an object');
  if (at === null) yield* itemsOfList(cursor, '', shape);
  else yield* itemsOfObject(cursor, { ...shape, at });
  cursor.end();
}

type ShapeOfObject = ItemsShape & { readonly at: string };

function* itemsOfObject(cursor: JsonCursor, shape: ShapeOfObject): Generator<Buffer> {
  const names = new Set<string>();
  const faults = new FaultList();
  for (const name of cursor.members()) {
    const fault = faultOfMember(name, names, shape);
    names.add(name);
    if (fault === null && cursor.passes('[')) {
      yield* itemsOfList(cursor, `/${name}`, shape);
      continue;
    }
    cursor.value();
    faults.add(pointerTo('', name), fault ?? 'must be a list');
    // The rest of such an envelope is not read.
    if (faults.isFull) break;
  }
  if (!names.has(shape.at)) faults.add(`/${shape.at}`, 'is required');
  if (faults.faults.length > 0) throw refused(faults);
}

function* itemsOfList(cursor: JsonCursor, pointer: string, { minItems, maxItems }: ItemsShape): Generator<Buffer> {
  let count = 0;
  for (const item of cursor.elements()) {
    count++;
    if (count > maxItems) break;
    yield item;
  }
  if (count >= minItems && count <= maxItems) return;
  throw refusedAt(pointer, `must have ${minItems} to ${maxItems} items`);
}

function faultOfMember(name: string, before: ReadonlySet<string>, { at }: ShapeOfObject): string | null {
  if (name !== at) return 'is not a known property';
  return before.has(name) ? 'appears more than once' : null;
}

/** The body is no such list, as far as this can be told without reading all of it, up to eight megabytes. */
function otherwise(cursor: JsonCursor, detail: string): ProblemError {
  const beginning = cursor.value().toString('latin1', 0, 8);
  cursor.end();
  return OTHER_VALUE.test(beginning)
    ? refusedAt('', detail)
    : new ProblemError('malformed-json', 'The body is not valid JSON.');
}

const OTHER_VALUE = /^(?:["[{\d-]|(?:true|false|null)$)/;

function refusedAt(pointer: string, detail: string): ProblemError {
  const list = new FaultList();
  list.add(pointer, detail);
  return refused(list);
}

function refused({ faults }: FaultList): ProblemError {
  return invalidInput('invalid-request', 'The body', faults);
}
