import type { JsonReader } from '../kernel/json-reader.js';
import { ProblemError } from './problem.error.js';

/**
 * Reads the query of a request. Throws a 400 problem whose detail names every parameter that is unknown, given twice or
 * not valid.
 */
export function readQuery<T>(query: unknown, read: JsonReader<T>): T {
  const reading = read(query, '');
  if (reading.kind === 'read') return reading.value;
  const faults = reading.faults.map(({ pointer, detail }) => `${pointer.slice(1)} ${inWords(detail)}`);
  throw new ProblemError('invalid-parameter', `Of the query parameters, ${faults.join('; ')}.`);
}

function inWords(detail: string): string {
  return detail === 'is not a known property' ? 'is not known' : detail;
}
