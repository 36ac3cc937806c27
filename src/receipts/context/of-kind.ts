import type { Value } from './value.js';

/** The values that are told apart by their `kind`. */
type Kinded = Extract<Value, { readonly kind: string }>;

/** The value if it has that kind, `ofKind(value, 'DateTime')?.epochMs`; null for any other, and for none. */
export function ofKind<K extends Kinded['kind']>(
  value: Value | undefined,
  kind: K,
): Extract<Kinded, { readonly kind: K }> | null {
  return isOfKind(value, kind) ? value : null;
}

function isOfKind<K extends Kinded['kind']>(
  value: Value | undefined,
  kind: K,
): value is Extract<Kinded, { readonly kind: K }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}
