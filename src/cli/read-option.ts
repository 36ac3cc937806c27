import { InvalidArgumentError } from 'commander';
import type { JsonReader } from '../kernel/json-reader.js';

/** Reads an option's text as the API reads the member of the same name; commander reports the fault. */
export function readOption<T>(read: JsonReader<T>): (text: string) => T {
  return (text) => {
    const reading = read(text, '');
    if (reading.kind === 'read') return reading.value;
    throw new InvalidArgumentError(`It ${reading.faults.map(({ detail }) => detail).join('; ')}.`);
  };
}
