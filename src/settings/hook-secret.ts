import { resolve } from 'node:path';
import type { Environment } from './read-variables.js';
import { readTextFile } from './text-file.js';

/** Where in the file something stands, where its secrets come from, and who is told of what. */
export interface JsonPlace {
  readonly pointer: string;
  /** Relative paths of secrets begin here. */
  readonly folder: string;
  readonly environment: Environment;
  readonly onFault: (pointer: string, detail: string) => void;
  /** Called for each secret that stands in the file itself. */
  readonly onLiteral: () => void;
}

/** What a secret has to be where it is going to stand. */
export interface SecretRule {
  readonly accepts: (text: string) => boolean;
  readonly expectation: string;
}

/** Reads a secret: the text itself, `{ "file": path }` or `{ "environment": name }`. No fault quotes any of them. */
export function readHookSecret(
  value: unknown,
  { accepts, expectation }: SecretRule,
  context: JsonPlace,
): string | null {
  const { pointer, onFault, onLiteral } = context;
  const text = typeof value === 'string' ? value : fromElsewhere(value, context);
  if (text === null) return null;
  if (typeof value === 'string') onLiteral();
  if (accepts(text)) return text;
  onFault(pointer, expectation);
  return null;
}

function fromElsewhere(value: unknown, { pointer, folder, environment, onFault }: JsonPlace): string | null {
  const { file, environment: name, ...others } = isObject(value) ? value : {};
  const isOne = (file === undefined) !== (name === undefined) && Object.keys(others).length === 0;
  if (isOne && typeof name === 'string') {
    const text = environment[name] || null;
    if (text === null) onFault(`${pointer}/environment`, 'names an environment variable that is not set, or empty');
    return text;
  }
  if (isOne && typeof file === 'string') {
    const content = readTextFile(resolve(folder, file));
    // Editors and `echo` end a file with a line break that is not part of the secret.
    if (content.kind === 'text') return content.text.replace(/\r?\n$/, '');
    onFault(`${pointer}/file`, `names a file that cannot be read (${content.code})`);
    return null;
  }
  onFault(pointer, 'must be a text, { "file": a path } or { "environment": a name }');
  return null;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
