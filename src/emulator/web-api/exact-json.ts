import type { ExactJson } from '../received/received-call.js';

/** A number by the text it had in the document: a till's 24.850 is not 24.85, and 2^53 + 1 stays odd. */
export class ExactNumber {
  constructor(readonly literal: string) {}
}

/** A parsed document whose numbers kept their text. */
export type ExactValue =
  | string
  | boolean
  | null
  | ExactNumber
  | readonly ExactValue[]
  | { readonly [name: string]: ExactValue };

/** What a reviver is told about a primitive value; TypeScript's library does not have it yet. */
interface ReviverContext {
  readonly source: string;
}

/** Parses JSON without losing a digit. Throws a SyntaxError on anything else. */
export function parseExactJson(text: string): ExactValue {
  const reviver = (_name: string, value: unknown, context?: ReviverContext) =>
    typeof value === 'number' ? new ExactNumber(context?.source ?? '') : value;
  return JSON.parse(text, reviver) as ExactValue;
}

export function isObject(value: ExactValue | undefined): value is { readonly [name: string]: ExactValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

/** The value with every number as its literal text. */
export function withLiterals(value: ExactValue): ExactJson {
  if (value instanceof ExactNumber) return value.literal;
  if (Array.isArray(value)) return value.map(withLiterals);
  if (!isObject(value)) return value as string | boolean | null;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withLiterals(member)]));
}
