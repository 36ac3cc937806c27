import type { Codec } from './codec.js';
import { dateFrom, instantFrom } from './date-time.js';
import { isNumber, type JsonText, QUOTE, startsNumber } from './json-text.js';
import type { DateTime } from './value.js';

export const TEXT: Codec<string> = { read: readText, write: JSON.stringify };

/** The key of an entry. */
export const KEY: Codec<string> = { read: readKey, write: JSON.stringify };

/** A number without fraction, as .NET writes an `int`. */
export const WHOLE_NUMBER: Codec<number> = { read: readWhole, write: writeWhole };

export const FLAG: Codec<boolean> = { read: readFlag, write: String };

/** A number as the text of its digits. */
export const DECIMAL: Codec<string> = { read: readDecimal, write: writeDecimal };

/** A member that is always a date, in any of its forms. */
export const DATE: Codec<DateTime> = { read: readDate, write: ({ text }) => JSON.stringify(text) };

/** The same, or null. */
export function orNull<T>(codec: Codec<T>): Codec<T | null> {
  return {
    read: (text) => (text.takesNull() ? null : codec.read(text)),
    write: (value) => (value === null ? 'null' : codec.write(value)),
    absent: null,
  };
}

function readText(text: JsonText): string {
  return text.peek() === QUOTE ? text.string() : text.fail('must be a text');
}

function readKey(text: JsonText): string {
  return text.peek() === QUOTE ? text.slice() : text.fail('must be a text');
}

function readWhole(text: JsonText): number {
  const number = startsNumber(text.peek()) ? text.number() : null;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : text.fail('must be a whole number');
}

function writeWhole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new TypeError('A member that is a whole number holds something else');
  return String(value);
}

function readFlag(text: JsonText): boolean {
  if (text.takes('true')) return true;
  return text.takes('false') ? false : text.fail('must be true or false');
}

function readDecimal(text: JsonText): string {
  return startsNumber(text.peek()) ? text.literal() : text.fail('must be a number');
}

function writeDecimal(value: string): string {
  if (!isNumber(value)) throw new TypeError('An amount is no number as JSON writes them');
  return value;
}

function readDate(text: JsonText): DateTime {
  if (text.peek() !== QUOTE) text.fail('must be a date');
  const content = text.string();
  return dateFrom(content) ?? instantFrom(content) ?? text.fail('must be a date');
}
