import type { DateTime } from './value.js';

const DATE = /^\/Date\((0|-?[1-9][0-9]{0,15})(?:[+-][0-9]{4})?\)\/$/;
const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})$/;

/** The largest JavaScript date, in milliseconds from 1970. .NET's dates end in the year 9999. */
const LATEST_MS = 8.64e15;

/** Reads a date in the wire's own form, `/Date(1598771723000+0000)/`; null for any other text. */
export function dateFrom(text: string): DateTime | null {
  if (!text.startsWith('/Date(')) return null;
  const epochMs = Number(DATE.exec(text)?.[1] ?? Number.NaN);
  return Math.abs(epochMs) <= LATEST_MS ? { kind: 'DateTime', epochMs, text } : null;
}

/** Reads a date in the form of ISO 8601, which .NET's serializer can be told to write; null for any other text. */
export function instantFrom(text: string): DateTime | null {
  const epochMs = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(epochMs) ? null : { kind: 'DateTime', epochMs, text };
}
