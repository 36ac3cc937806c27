import type { ContextValue } from './context-json.js';

const NAMESPACE = 'http://schemas.microsoft.com/xrm/2011/Contracts';
export const NO_ID = '00000000-0000-0000-0000-000000000000';

type Members = { readonly [member: string]: ContextValue };

/** An object of the SDK whose type the reader has to be told. */
export function typed(name: string, members: Members): Members {
  return { __type: `${name}:${NAMESPACE}`, ...members };
}

/** The members of an EntityReference; `OwningExtension` is written without its type, for its member's type is known. */
export function reference(logicalName: string, id: string): Members {
  return { Id: id, KeyAttributes: [], LogicalName: logicalName, Name: null, RowVersion: null };
}

/** A dictionary, which the serializer writes as a list of pairs. */
export function pairs(entries: readonly (readonly [key: string, value: ContextValue])[]): ContextValue {
  return entries.map(([key, value]) => ({ key, value }));
}

/** An instant among attributes and parameters; `/Date(1598771723000)/`, in UTC without saying so. */
export function dateOf(instant: string): string {
  return `/Date(${Date.parse(instant)})/`;
}
