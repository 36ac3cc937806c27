import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import type { InputFault } from '../kernel/input-fault.js';
import { pointerTo } from '../kernel/json-pointer.js';
import type { EventDefinition } from './event-definition.js';

/**
 * Judges a parsed JSON value against a definition by class-validator's rules: the reference for `compileValidation`.
 * Returns every fault at once, without a bound; an empty list means that the value is a valid event.
 */
export function validateEvent(definition: EventDefinition, value: unknown): readonly InputFault[] {
  if (!isObject(value)) return [{ pointer: '', detail: 'must be an object' }];
  const reserved: InputFault[] = [];
  const judged = withoutReservedNames(value, '', reserved) as object;
  const instance = plainToInstance(definition.eventClass, judged, { enableImplicitConversion: false });
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true });
  const faults = errors.flatMap((error) => faultsOf(error, ''));
  return [...reserved.filter(({ pointer }) => !isWithin(faults, pointer)), ...faults];
}

/**
 * Names that every object has, and one that every function has: class-transformer silently drops some of them and fails
 * on others, and class-validator takes `hasOwnProperty` for a known field.
 */
function isReserved(name: string): boolean {
  return name in Object.prototype || name === 'prototype';
}

/** A copy that class-transformer can read; the names left out are reported, for no definition declares such a field. */
function withoutReservedNames(value: unknown, pointer: string, faults: InputFault[]): unknown {
  if (Array.isArray(value))
    return value.map((item, index) => withoutReservedNames(item, `${pointer}/${index}`, faults));
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([name, member]) => {
    const place = pointerTo(pointer, name);
    if (!isReserved(name)) return [[name, withoutReservedNames(member, place, faults)]];
    faults.push({ pointer: place, detail: 'is not a known property' });
    return [];
  });
  return Object.fromEntries(members);
}

/** If a value itself is refused, its members are not reported. */
function isWithin(faults: readonly InputFault[], pointer: string): boolean {
  return faults.some((fault) => pointer.startsWith(`${fault.pointer}/`));
}

function faultsOf(error: ValidationError, parent: string): readonly InputFault[] {
  const pointer = pointerTo(parent, error.property);
  const detail = detailOf(error);
  if (detail !== null) return [{ pointer, detail }];
  const { children = [], value } = error;
  if (!Array.isArray(value)) return children.flatMap((child) => faultsOf(child, pointer));
  const ofObjects = children.filter((child) => isObject(child.value)).flatMap((child) => faultsOf(child, pointer));
  return [...faultsOfMembers(value, pointer), ...ofObjects];
}

/** class-validator ignores null in a list, and would look for fields in a list inside a list. */
function faultsOfMembers(list: readonly unknown[], pointer: string): readonly InputFault[] {
  return list.flatMap((member, index) =>
    isObject(member) ? [] : [{ pointer: `${pointer}/${index}`, detail: 'must be an object' }],
  );
}

function detailOf(error: ValidationError): string | null {
  const { whitelistValidation, nestedValidation, members, ...ofField } = error.constraints ?? {};
  if (whitelistValidation !== undefined) return 'is not a known property';
  const [expectation] = Object.values(ofField);
  if (expectation === undefined) return nestedValidation === undefined ? null : 'must be an object';
  return error.value === undefined || error.value === null ? 'is required' : expectation;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
