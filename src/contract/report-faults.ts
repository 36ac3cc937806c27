import type { FaultList } from '../kernel/fault-list.js';
import { pointerTo } from '../kernel/json-pointer.js';
import { type FieldDefinition, fieldsOf } from './field-definition.js';
import { ruleFor } from './field-rule.js';

/** Adds what is wrong with the value at a place; stops when the list is full. */
export type FaultReporter = (value: unknown, pointer: string, faults: FaultList) => void;

/**
 * Reports on objects with these fields: first the unknown names, then field by field. If a value itself is refused, its
 * members are not reported.
 */
export function reporterFor(fields: readonly FieldDefinition[]): FaultReporter {
  const names = new Set(fields.map(({ name }) => name));
  const reporters = fields.map((field) => [field.name, reporterForField(field)] as const);
  return (value, pointer, faults) => {
    if (!isObject(value)) return faults.add(pointer, 'must be an object');
    reportUnknown(names, value, { pointer, faults });
    for (const [name, report] of reporters) report(value[name], `${pointer}/${name}`, faults);
  };
}

interface Place {
  readonly pointer: string;
  readonly faults: FaultList;
}

function reportUnknown(known: ReadonlySet<string>, value: object, { pointer, faults }: Place): void {
  for (const name in value) {
    if (faults.isFull) return;
    if (!known.has(name)) faults.add(pointerTo(pointer, name), 'is not a known property');
  }
}

function reporterForField(field: FieldDefinition): FaultReporter {
  const { accepts, expectation } = ruleFor(field);
  const reportMembers = reporterForMembers(field);
  return (value, pointer, faults) => {
    if (value === null || value === undefined) {
      if (field.required) faults.add(pointer, 'is required');
    } else if (!accepts(value)) faults.add(pointer, expectation);
    else reportMembers(value, pointer, faults);
  };
}

function reporterForMembers(field: FieldDefinition): FaultReporter {
  if (!('itemClass' in field)) return () => undefined;
  const report = reporterFor(fieldsOf(field.itemClass()));
  if (field.kind === 'record') return report;
  return (list, pointer, faults) => {
    for (const [index, item] of (list as readonly unknown[]).entries()) {
      if (faults.isFull) return;
      report(item, `${pointer}/${index}`, faults);
    }
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
