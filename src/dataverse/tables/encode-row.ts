import { Secret } from '../secret.js';

/** The body of a write, and the texts in it that no error may show. */
export interface EncodedRow {
  readonly body: string;
  readonly secrets: readonly string[];
}

/** Encodes a row; its secrets are revealed here and nowhere else. */
export function encodeRow(row: Readonly<Record<string, unknown>>, binds: Readonly<Record<string, string>>): EncodedRow {
  const secrets = Object.values(row).flatMap((value) => (value instanceof Secret ? value.traces() : []));
  const plain = Object.entries(row).map(([column, value]) => [
    column,
    value instanceof Secret ? value.reveal() : value,
  ]);
  // Errors quote the body as it was sent, with what JSON escapes.
  const shapes = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  return { body: JSON.stringify({ ...Object.fromEntries(plain), ...binds }), secrets: shapes };
}
