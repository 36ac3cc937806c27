import { textAs } from '../kernel/json-reader.js';

/** Where a page or a step goes on, as callers see it: opaque, so that no caller relies on its contents. */
export function cursorOf(sequence: number): string {
  return Buffer.from(String(sequence)).toString('base64url');
}

/** What a cursor looks like. Not every such text is a cursor: an answer tells. */
export const CURSOR_SCHEMA = { type: 'string', pattern: '^[A-Za-z0-9_-]{2,22}$' } as const;

/** Reads a cursor that `cursorOf` made. */
export const readCursor = textAs(sequenceOf, 'must be a cursor as an answer gave it');

function sequenceOf(cursor: string): number | undefined {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const sequence = Number(text);
  // Another spelling that decodes to the same number was not made here.
  return /^[1-9]\d{0,15}$/.test(text) && cursorOf(sequence) === cursor ? sequence : undefined;
}
