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
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ pointer: '', detail: 'must be an object' }];
  }
  const instance = plainToInstance(definition.eventClass, value, { enableImplicitConversion: false });
  return validateSync(instance, { whitelist: true, forbidNonWhitelisted: true }).flatMap((error) =>
    faultsOf(error, ''),
  );
}

function faultsOf(error: ValidationError, parent: string): readonly InputFault[] {
  const pointer = `${parent}/${escapePointer(error.property)}`;
  const children = (error.children ?? []).flatMap((child) => faultsOf(child, pointer));
  const detail = detailOf(error);
  return detail === null ? children : [{ pointer, detail }];
}

function detailOf(error: ValidationError): string | null {
  const { whitelistValidation, nestedValidation, ...ofField } = error.constraints ?? {};
  if (whitelistValidation !== undefined) return 'is not a known property';
  const [expectation] = Object.values(ofField);
  if (expectation === undefined) return nestedValidation ?? null;
  return error.value === undefined || error.value === null ? 'is required' : expectation;
}

function escapePointer(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}
