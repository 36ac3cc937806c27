import { compileValidation } from '../contract/compiled-validation.js';
import type { EventDefinition } from '../contract/event-definition.js';
import { invalidInput } from '../http/invalid-input.js';
import { ProblemError } from '../http/problem.error.js';
import type { InputFault } from '../kernel/input-fault.js';
import type { JsonBody } from '../kernel/strict-json.js';

/** Makes the content of an event from its JSON; undefined stands for a missing body. Throws a `ProblemError`. */
export type ContentReader = (json: JsonBody | undefined) => Readonly<Record<string, unknown>>;

/**
 * Reads the content of events of one type, at every endpoint. Throws a 400 problem that names every fault of text and
 * content at once.
 */
export function contentReaderFor(definition: EventDefinition): ContentReader {
  const faultsOf = compileValidation(definition);
  return (json) => {
    if (json === undefined) throw new ProblemError('malformed-json', 'The body is empty.');
    if (json.kind === 'malformed') throw new ProblemError('malformed-json', json.detail);
    const faults = json.faults.length === 0 ? faultsOf(json.value) : together(json.faults, faultsOf(json.value));
    if (faults.length === 0) return json.value as Readonly<Record<string, unknown>>;
    throw invalidInput('invalid-event', 'The event', faults);
  };
}

/** A fault of the text explains the fault of the content at the same place. */
function together(ofText: readonly InputFault[], ofContent: readonly InputFault[]): readonly InputFault[] {
  const pointers = new Set(ofText.map(({ pointer }) => pointer));
  return [...ofText, ...ofContent.filter(({ pointer }) => !pointers.has(pointer))];
}
