import type { Value } from './value.js';

/** The digits of an amount or a number as they stand on the wire, `24.850`; null for anything that is no number. */
export function decimalOf(value: Value | undefined): string | null {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null;
  if (value.kind === 'Money') return value.value;
  return value.kind === 'Number' ? value.literal : null;
}
