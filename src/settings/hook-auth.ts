import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type HookAuth, readWay } from './hook-auth-way.js';
import type { Environment } from './read-variables.js';
import type { SettingFault } from './settings.error.js';
import { readTextFile } from './text-file.js';

const NAME = 'HOOK_AUTH_FILE';

/** Each is another comparison per request; a rotation needs two. */
const MOST_WAYS = 10;

/** How Dataverse authenticates at /hooks/dataverse, or what is wrong with the file that says so. */
export interface ReadHookAuth {
  /** The ways that are accepted, at least one; null where receipts do not come over HTTP. */
  readonly hookAuth: readonly HookAuth[] | null;
  readonly faults: readonly SettingFault[];
  /** What its author should know; the start tells it. */
  readonly warnings: readonly SettingFault[];
}

/**
 * Reads the file that HOOK_AUTH_FILE names: one way, or a list of ways that are accepted side by side while a secret is
 * rotated. Finds every fault at once, by its place; no fault quotes a secret.
 */
export function readHookAuth(path: string | null, environment: Environment): ReadHookAuth {
  if (path === null) return { hookAuth: null, faults: [], warnings: [] };
  const file = readTextFile(path);
  if (file.kind === 'unreadable') return refused([`names a file that cannot be read (${file.code})`]);
  const value = parseJson(file.text);
  const entries = Array.isArray(value) ? value : [value];
  const faults: string[] = [];
  let literals = 0;
  const hookAuth = entries.flatMap((entry: unknown, index) => {
    const read = readWay(entry, {
      pointer: Array.isArray(value) ? `/${index}` : '',
      folder: dirname(path),
      environment,
      onFault: (pointer, detail) =>
        faults.push(pointer === '' ? `names a file that ${detail}` : `names a file whose ${pointer} ${detail}`),
      onLiteral: () => {
        literals += 1;
      },
    });
    return read === null ? [] : [read];
  });
  faults.push(...faultsBetween(hookAuth, entries.length));
  if (faults.length > 0) return refused(faults);
  return { hookAuth, faults: [], warnings: literals > 0 && isReadableByOthers(path) ? [EXPOSED] : [] };
}

const EXPOSED: SettingFault = {
  name: NAME,
  detail:
    'names a file that holds secrets and can be read by others on this machine: chmod 600 it, or let it point to them by ' +
    '{ "file": ... } or { "environment": ... }',
};

function faultsBetween(ways: readonly HookAuth[], length: number): readonly string[] {
  if (length === 0) return ['names a file that must list at least one way'];
  if (length > MOST_WAYS) return [`names a file that must list at most ${MOST_WAYS} ways`];
  if (length === 1 || ways.every(({ kind }) => kind !== 'anonymous')) return [];
  return [
    'names a file that lists "anonymous" beside other ways: it lets in whoever calls, so they would prove nothing',
  ];
}

/** The parser's own message would quote the text, secrets included. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Windows says nothing about others in a file's mode. */
function isReadableByOthers(path: string): boolean {
  return process.platform !== 'win32' && (statSync(path).mode & 0o044) !== 0;
}

function refused(details: readonly string[]): ReadHookAuth {
  return { hookAuth: null, faults: details.map((detail) => ({ name: NAME, detail })), warnings: [] };
}
