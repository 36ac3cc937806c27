import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import type { EventDefinition } from './event-definition.js';

/** One thing that is wrong with an input: where (RFC 6901 pointer) and what. Never holds a value of the input. */
export interface InputFault {
  readonly pointer: string;
  readonly detail: string;
}

/**
 * Judges a parsed JSON value against a definition by class-validator's rules: the reference for every faster path.
 * Returns every fault at once; an empty list means the value is a valid event.
 */
export function validateEvent(definition: EventDefinition, value: unknown): readonly InputFault[] {
  if (!isObject(value)) return [{ pointer: '', detail: 'must be an object' }];
  const reserved: InputFault[] = [];
  const judged = withoutReservedNames(value, '', reserved) as object;
  const instance = plainToInstance(definition.eventClass, judged, { enableImplicitConversion: false });
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true });
  return [...reserved, ...errors.flatMap((error) => faultsOf(error, ''))];
}

/**
 * Names that every object has, and one that every function has: class-transformer drops some of them in silence and
 * trips over others, and class-validator takes `hasOwnProperty` for known.
 */
function isReserved(name: string): boolean {
  return name in Object.prototype || name === 'prototype';
}

/** A copy that class-transformer can read; the names left out are reported, since nobody declares such a field. */
function withoutReservedNames(value: unknown, pointer: string, faults: InputFault[]): unknown {
  if (Array.isArray(value))
    return value.map((item, index) => withoutReservedNames(item, `${pointer}/${index}`, faults));
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([name, member]) => {
    const place = `${pointer}/${escapePointer(name)}`;
    if (!isReserved(name)) return [[name, withoutReservedNames(member, place, faults)]];
    faults.push({ pointer: place, detail: 'is not a known property' });
    return [];
  });
  return Object.fromEntries(members);
}

function faultsOf(error: ValidationError, parent: string): readonly InputFault[] {
  const pointer = `${parent}/${escapePointer(error.property)}`;
  const detail = detailOf(error);
  const own = detail === null ? [] : [{ pointer, detail }];
  // Of what should be a list and is none, the members are not worth a word.
  if (detail !== null && !Array.isArray(error.value)) return own;
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOfMember(error, child, pointer))];
}

/** class-validator would look for fields in a list that stands in a list, where an object belongs. */
function faultsOfMember(parent: ValidationError, child: ValidationError, pointer: string): readonly InputFault[] {
  return Array.isArray(parent.value) && Array.isArray(child.value)
    ? [{ pointer: `${pointer}/${child.property}`, detail: 'must be an object' }]
    : faultsOf(child, pointer);
}

function detailOf(error: ValidationError): string | null {
  const { whitelistValidation, nestedValidation, ...ofField } = error.constraints ?? {};
  if (whitelistValidation !== undefined) return 'is not a known property';
  const [expectation] = Object.values(ofField);
  if (expectation === undefined) return nestedValidation === undefined ? null : 'must be an object';
  return error.value === undefined || error.value === null ? 'is required' : expectation;
}

function escapePointer(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
