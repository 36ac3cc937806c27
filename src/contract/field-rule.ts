import { isEmail } from 'class-validator';
import { assertNever } from '../kernel/assert-never.js';
import { isCalendarDate, isInstant } from './calendar.js';
import type { FieldDefinition, TextField } from './field-definition.js';
import { isText } from './is-text.js';

/** What a field accepts, and the sentence that tells a caller so. It never echoes a value. */
export interface FieldRule {
  readonly accepts: (value: unknown) => boolean;
  /** Completes "/pointer ...": `must be ...`. */
  readonly expectation: string;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The pattern of a GUID as OpenAPI shows it. */
export const GUID_PATTERN = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$';

/**
 * A decimal string that is also a JSON number literal, because Dataverse gets it as one, digit for digit: hence no
 * leading zeros, no plus sign, no exponent, and a digit on both sides of the point.
 */
export function exactNumberPattern(decimals: number): string {
  return `^-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,${decimals}})?$`;
}

/** The rule of a field; for nested objects only their shape, for their own fields are judged one by one. */
export function ruleFor(field: FieldDefinition): FieldRule {
  switch (field.kind) {
    case 'text':
      return textRule(field);
    case 'amount':
    case 'decimal':
      return exactNumberRule(field);
    case 'integer':
    case 'float':
      return numberRule(field);
    case 'flag':
      return { accepts: (value) => typeof value === 'boolean', expectation: 'must be true or false' };
    case 'instant':
      return {
        accepts: (value) => typeof value === 'string' && isInstant(value),
        expectation: 'must be an instant in RFC 3339 form with a zone, such as "2026-11-22T10:00:00Z"',
      };
    case 'guid':
      return { accepts: isGuid, expectation: 'must be a GUID such as "0f8fad5b-d9cb-469f-a165-70867728950e"' };
    case 'reference':
      return { accepts: isGuid, expectation: `must be the GUID of a row of the table ${field.table}` };
    case 'label':
      return labelRule(field);
    case 'option':
      return optionRule(field);
    case 'textList':
      return textListRule(field);
    case 'record':
      return { accepts: isObject, expectation: 'must be an object' };
    case 'records':
    case 'lines':
      return nestedListRule(field);
    default:
      return assertNever(field);
  }
}

type FieldOf<K extends FieldDefinition['kind']> = Extract<FieldDefinition, { readonly kind: K }>;

function exactNumberRule({ decimals }: FieldOf<'amount' | 'decimal'>): FieldRule {
  const pattern = new RegExp(exactNumberPattern(decimals));
  return {
    accepts: (value) => typeof value === 'string' && pattern.test(value),
    expectation: `must be a decimal string such as "12.50": up to 15 digits, then up to ${decimals} decimals, no leading zeros`,
  };
}

function numberRule({ kind, minimum, maximum }: FieldOf<'integer' | 'float'>): FieldRule {
  const word = kind === 'integer' ? 'a whole number' : 'a number';
  return {
    accepts: (value) =>
      typeof value === 'number' &&
      value >= minimum &&
      value <= maximum &&
      (Number.isSafeInteger(value) || (kind === 'float' && !Number.isInteger(value))),
    expectation: `must be ${word} from ${minimum} to ${maximum}`,
  };
}

function labelRule({ labels }: FieldOf<'label'>): FieldRule {
  return {
    accepts: (value) => typeof value === 'string' && labels.includes(value),
    expectation: `must be one of ${labels.map((label) => `"${label}"`).join(', ')}`,
  };
}

function optionRule({ options }: FieldOf<'option'>): FieldRule {
  return {
    accepts: (value) => typeof value === 'number' && Object.hasOwn(options, value),
    expectation: `must be one of the numbers ${Object.keys(options).join(', ')}`,
  };
}

function textListRule({ maxItems, maxLength }: FieldOf<'textList'>): FieldRule {
  return {
    accepts: (value) =>
      Array.isArray(value) && value.length <= maxItems && value.every((item) => isText(item, 1, maxLength)),
    expectation: `must be a list of up to ${maxItems} texts of 1 to ${maxLength} characters`,
  };
}

function nestedListRule({ maxItems }: { readonly maxItems: number }): FieldRule {
  return {
    accepts: (value) => Array.isArray(value) && value.length <= maxItems,
    expectation: `must be a list of up to ${maxItems} objects`,
  };
}

function textRule(field: TextField): FieldRule {
  const { minLength, maxLength, format } = field;
  const ofLength = (value: unknown): value is string => isText(value, minLength, maxLength);
  if (format === 'email') {
    const expectation = `must be an e-mail address of at most ${maxLength} characters`;
    return { accepts: (value) => ofLength(value) && isAddress(value), expectation };
  }
  if (format === 'date') {
    const expectation = 'must be a calendar date such as "2026-11-22"';
    return { accepts: (value) => typeof value === 'string' && isCalendarDate(value), expectation };
  }
  const length = `text of ${minLength} to ${maxLength} characters`;
  if (field.pattern === null) return { accepts: ofLength, expectation: `must be ${length}` };
  const pattern = new RegExp(field.pattern, 'u');
  return {
    accepts: (value) => ofLength(value) && pattern.test(value),
    expectation: `must be ${length} that matches ${field.pattern}`,
  };
}

/** Such a character cannot be typed again by somebody who reads it on a screen. */
const INVISIBLE = /[\s\p{C}]/u;

/** isEmail throws for a lone surrogate, and accepts invisible characters. */
function isAddress(value: string): boolean {
  return value.isWellFormed() && !INVISIBLE.test(value) && isEmail(value);
}

function isGuid(value: unknown): boolean {
  return typeof value === 'string' && GUID.test(value);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
