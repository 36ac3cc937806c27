/**
 * The words events are written in: one per custom API parameter type, and a few that share one. Each word states a fact
 * once; validation, OpenAPI and the custom API parameter are read from it. The words are type-checked: `@Amount()` on a
 * number, a label outside a union or `optional: true` on a property without `?` does not compile.
 */
import 'reflect-metadata';
import { declareField, type FieldDecorator, type FieldOptions } from './declare-field.js';
import type { EventClass } from './event-class.js';

const INT32 = { minimum: -2_147_483_648, maximum: 2_147_483_647 };

/** Text of 1 (or `minLength`) to `maxLength` characters -> String. `format: 'date'` is a calendar date, `YYYY-MM-DD`. */
export function Text<O extends boolean = false>(
  options: FieldOptions<O> & {
    maxLength: number;
    minLength?: number;
    format?: 'email' | 'date';
    /** Anchored with ^ and $. */
    pattern?: string;
  },
): FieldDecorator<string, O> {
  const { minLength = 1, maxLength, format = null, pattern = null } = options;
  return declareField(options, { kind: 'text', minLength, maxLength, format, pattern });
}

/** An amount of money as a decimal string, up to 15 digits and 4 decimals -> Money. The currency is a field of its own. */
export function Amount<O extends boolean = false>(options: FieldOptions<O>): FieldDecorator<string, O> {
  return declareField(options, { kind: 'amount', decimals: 4 });
}

/** An exact number as a decimal string, up to 15 digits and `decimals` (10) decimals -> Decimal. */
export function Decimal<O extends boolean = false>(
  options: FieldOptions<O> & { decimals?: number },
): FieldDecorator<string, O> {
  return declareField(options, { kind: 'decimal', decimals: options.decimals ?? 10 });
}

/** A whole number of 32 bits -> Integer. */
export function Integer<O extends boolean = false>(
  options: FieldOptions<O> & { minimum?: number; maximum?: number },
): FieldDecorator<number, O> {
  const { minimum = INT32.minimum, maximum = INT32.maximum } = options;
  return declareField(options, { kind: 'integer', minimum, maximum });
}

/** A number in double precision, for measurements, never for money -> Float. */
export function Float<O extends boolean = false>(
  options: FieldOptions<O> & { minimum?: number; maximum?: number },
): FieldDecorator<number, O> {
  const { minimum = -Number.MAX_VALUE, maximum = Number.MAX_VALUE } = options;
  return declareField(options, { kind: 'float', minimum, maximum });
}

/** True or false -> Boolean. */
export function Flag<O extends boolean = false>(options: FieldOptions<O>): FieldDecorator<boolean, O> {
  return declareField(options, { kind: 'flag' });
}

/** An instant in RFC 3339 form with a zone -> DateTime. */
export function Instant<O extends boolean = false>(options: FieldOptions<O>): FieldDecorator<string, O> {
  return declareField(options, { kind: 'instant' });
}

/** An identifier of 128 bits, hyphenated, without braces -> Guid. */
export function Guid<O extends boolean = false>(options: FieldOptions<O>): FieldDecorator<string, O> {
  return declareField(options, { kind: 'guid' });
}

/** One of a fixed set of labels -> String. */
export function Choice<const L extends string, O extends boolean = false>(
  options: FieldOptions<O> & { labels: readonly L[] },
): FieldDecorator<L, O> {
  return declareField(options, { kind: 'label', labels: options.labels });
}

/** One of a fixed set of option numbers, each with its meaning, `{ 1: 'Cash' }` -> Picklist. */
export function Option<const N extends Readonly<Record<number, string>>, O extends boolean = false>(
  options: FieldOptions<O> & { options: N },
): FieldDecorator<keyof N & number, O> {
  return declareField(options, { kind: 'option', options: options.options });
}

/** Up to `maxItems` texts of 1 to `maxLength` characters -> StringArray. */
export function TextList<O extends boolean = false>(
  options: FieldOptions<O> & { maxItems: number; maxLength: number },
): FieldDecorator<readonly string[], O> {
  return declareField(options, { kind: 'textList', maxItems: options.maxItems, maxLength: options.maxLength });
}

/** The id of a row of `table` (a logical name) -> EntityReference. */
export function Reference<O extends boolean = false>(
  options: FieldOptions<O> & { table: string },
): FieldDecorator<string, O> {
  return declareField(options, { kind: 'reference', table: options.table });
}

/** One nested object -> Entity: of `table` (a logical name), or of the open type where no table is named. */
export function RecordOf<T extends object, O extends boolean = false>(
  itemClass: () => new () => T,
  options: FieldOptions<O> & { table?: string },
): FieldDecorator<T, O> {
  return declareField(options, nested('record', itemClass, options.table ?? null, 1));
}

/** Up to `maxItems` nested objects -> EntityCollection. */
export function RecordsOf<T extends object, O extends boolean = false>(
  itemClass: () => new () => T,
  options: FieldOptions<O> & { maxItems: number; table?: string },
): FieldDecorator<readonly T[], O> {
  return declareField(options, nested('records', itemClass, options.table ?? null, options.maxItems));
}

/** Up to `maxItems` nested lines -> one String that holds them as JSON, which a flow reads with "Parse JSON". */
export function Lines<T extends object, O extends boolean = false>(
  itemClass: () => new () => T,
  options: FieldOptions<O> & { maxItems: number },
): FieldDecorator<readonly T[], O> {
  return declareField(options, nested('lines', itemClass, null, options.maxItems));
}

function nested<K extends 'record' | 'records' | 'lines'>(
  kind: K,
  itemClass: () => EventClass,
  table: string | null,
  maxItems: number,
) {
  return { kind, itemClass, table, maxItems };
}
