import { isUtf8 } from 'node:buffer';
import type { InputFault } from '../../contract/validate-event.js';
import { ProblemError } from '../../http/problem.error.js';
import { parseStrictJson } from '../../http/strict-json.js';
import { JsonCursor } from './json-cursor.js';

/** Where the items stand in a body, and how many there may be. */
export interface ItemsShape {
  /** The member of the top-level object that lists them; null where the body itself is the list. */
  readonly at: string | null;
  readonly minItems: number;
  readonly maxItems: number;
}

/** With so many faults the rest of an envelope is not worth reading. */
const MAX_FAULTS = 100;

/**
 * The bytes of each item, one after the other, found without parsing any: a body of eight megabytes would hold up the
 * event loop. Throws the 400 problem for everything around the items; as it can come after the last of them, nothing may
 * be kept of them before the end.
 */
export function* splitItems(body: Buffer, shape: ItemsShape): Generator<Buffer> {
  if (body.length === 0) throw new ProblemError('malformed-json', 'The body is empty.');
  if (!isUtf8(body)) throw new ProblemError('malformed-json', 'The body is not valid UTF-8.');
  const cursor = new JsonCursor(body);
  const { at } = shape;
  if (!cursor.passes(at === null ? '[' : '{'))
    throw otherwise(body, at === null ? 'must be a list' : 'must be an object');
  if (at === null) yield* itemsOfList(cursor, '', shape);
  else yield* itemsOfObject(cursor, { ...shape, at });
  cursor.end();
}

type ShapeOfObject = ItemsShape & { readonly at: string };

function* itemsOfObject(cursor: JsonCursor, shape: ShapeOfObject): Generator<Buffer> {
  const names = new Set<string>();
  const faults: InputFault[] = [];
  for (const name of cursor.members()) {
    const fault = faultOfMember(name, names, shape);
    names.add(name);
    if (fault === null && cursor.passes('[')) {
      yield* itemsOfList(cursor, `/${name}`, shape);
      continue;
    }
    cursor.value();
    faults.push({ pointer: pointerTo(name), detail: fault ?? 'must be a list' });
    if (faults.length >= MAX_FAULTS) throw refused(faults);
  }
  if (!names.has(shape.at)) faults.push({ pointer: `/${shape.at}`, detail: 'is required' });
  if (faults.length > 0) throw refused(faults);
}

function* itemsOfList(cursor: JsonCursor, pointer: string, { minItems, maxItems }: ItemsShape): Generator<Buffer> {
  let count = 0;
  for (const item of cursor.elements()) {
    count++;
    if (count > maxItems) break;
    yield item;
  }
  if (count >= minItems && count <= maxItems) return;
  throw refused([{ pointer, detail: `must have ${minItems} to ${maxItems} items` }]);
}

function faultOfMember(name: string, before: ReadonlySet<string>, { at }: ShapeOfObject): string | null {
  if (name !== at) return 'is not a known property';
  return before.has(name) ? 'appears more than once' : null;
}

function pointerTo(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The body begins with something else: either that, or no JSON at all. */
function otherwise(body: Buffer, detail: string): ProblemError {
  const json = parseStrictJson(body);
  return json.kind === 'json' ? refused([{ pointer: '', detail }]) : new ProblemError('malformed-json', json.detail);
}

function refused(errors: readonly InputFault[]): ProblemError {
  return new ProblemError('invalid-request', 'The body is not valid; errors names every fault.', { errors });
}
