import { readFileSync } from 'node:fs';

/** The text of one of the contexts in `samples/`. */
export function readSample(name: string): string {
  return readFileSync(new URL(`../samples/${name}.txt`, import.meta.url), 'utf8');
}
