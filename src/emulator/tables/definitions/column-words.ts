import type { ColumnDefinition } from '../table-definition.js';

/** The properties of a column besides its name and type. */
type More = Omit<ColumnDefinition, 'name' | 'type' | 'maxLength' | 'options'>;

/** For tables that only the platform writes. */
export const NEVER = { create: false, update: false, delete: false } as const;
/** For columns that only the platform fills. */
export const READ_ONLY = { onCreate: false, onUpdate: false } as const;
/** For columns that never change once a row exists. */
export const FIXED = { onUpdate: false } as const;
export const REQUIRED = { required: true } as const;

export function text(name: string, maxLength: number, more: More = {}): ColumnDefinition {
  return { name, type: 'string', maxLength, ...more };
}

export function flag(name: string, byDefault: boolean | null = false, more: More = {}): ColumnDefinition {
  return { name, type: 'boolean', default: byDefault, ...more };
}

export function choice(name: string, options: readonly number[], more: More = {}): ColumnDefinition {
  return { name, type: 'picklist', options, ...more };
}

export function whole(name: string, more: More = {}): ColumnDefinition {
  return { name, type: 'integer', ...more };
}

export function instant(name: string, more: More = {}): ColumnDefinition {
  return { name, type: 'instant', ...more };
}

export function guid(name: string, more: More = {}): ColumnDefinition {
  return { name, type: 'guid', ...more };
}

/** A primary key: a create may name it, an update may not change it. */
export function key(name: string): ColumnDefinition {
  return { name, type: 'guid', ...FIXED };
}

/** `iscustomizable`: true by default. */
export function customizable(): ColumnDefinition {
  return { name: 'iscustomizable', type: 'managed-property', default: true };
}
