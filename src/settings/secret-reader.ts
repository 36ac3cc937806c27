import { resolve } from 'node:path';
import { judged, refused } from '../kernel/json-combinators.js';
import { type JsonReader, objectOf, type Reading, textAs } from '../kernel/json-reader.js';
import type { Environment } from './read-variables.js';
import { readTextFile } from './text-file.js';

/** Where secrets are found that the file only refers to. */
export interface SecretSources {
  /** The folder of the file that refers to them: relative paths begin here. */
  readonly folder: string;
  readonly environment: Environment;
  /** Called for each secret that stands in the file itself. */
  readonly onLiteral: () => void;
}

/** Reads a secret: `{ "file": path }`, `{ "environment": name }`, or the text itself. No fault ever quotes any of them. */
export function secretReader(sources: SecretSources, rule: SecretRule): JsonReader<string> {
  const readText: JsonReader<string> = (value, pointer) => {
    if (typeof value !== 'string') return fromElsewhere(sources, value, pointer);
    sources.onLiteral();
    return { kind: 'read', value };
  };
  return judged(readText, (text) => (rule.accepts(text) ? null : rule.expectation));
}

/** What a secret must be like at the place where it is used. */
export interface SecretRule {
  readonly accepts: (text: string) => boolean;
  /** Completes "the secret ...". */
  readonly expectation: string;
}

const TEXT = textAs((text) => text || undefined, 'must be a text that is not empty');

function fromElsewhere(sources: SecretSources, value: unknown, pointer: string): Reading<string> {
  const place = objectOf({ file: TEXT, environment: TEXT })(value, pointer);
  if (place.kind === 'refused') return typeof value === 'object' && value !== null ? place : refused(pointer, FORM);
  const { file, environment } = place.value;
  if (file !== undefined && environment === undefined)
    return fromFile(resolve(sources.folder, file), `${pointer}/file`);
  if (environment === undefined || file !== undefined) return refused(pointer, FORM);
  const text = sources.environment[environment];
  const detail = 'names an environment variable that is not set, or empty';
  return text ? { kind: 'read', value: text } : refused(`${pointer}/environment`, detail);
}

const FORM = 'must be a text, { "file": a path } or { "environment": a name }';

/** Editors and `echo` end a file with a line break, which is not part of the secret. */
function fromFile(path: string, pointer: string): Reading<string> {
  const file = readTextFile(path);
  if (file.kind === 'unreadable') return refused(pointer, `names a file that cannot be read (${file.code})`);
  const text = file.text.replace(/\r?\n$/, '');
  return text === '' ? refused(pointer, 'names a file that is empty') : { kind: 'read', value: text };
}
