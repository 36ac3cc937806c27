import type { Literal } from './query.js';

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const INSTANT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/i;

/** Reads a value that is no string; null for a text that no query may hold. */
export function readLiteral(text: string): Literal | null {
  if (text === 'null') return { type: 'null', value: null };
  if (text === 'true' || text === 'false') return { type: 'boolean', value: text === 'true' };
  if (GUID.test(text)) return { type: 'guid', value: text.toLowerCase() };
  if (NUMBER.test(text)) return { type: 'number', value: Number(text) };
  if (INSTANT.test(text) && !Number.isNaN(Date.parse(text))) return { type: 'instant', value: text };
  return null;
}
