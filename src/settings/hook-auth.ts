import { dirname } from 'node:path';
import type { HookAuth } from '../kernel/hook-auth.js';
import type { InputFault } from '../kernel/input-fault.js';
import { judged, listOf, mapped, refused } from '../kernel/json-combinators.js';
import type { JsonReader } from '../kernel/json-reader.js';
import { hookAuthWarnings } from './hook-auth-warnings.js';
import { hookAuthReader } from './hook-auth-way.js';
import { isReadableByOthers, readJsonFile } from './json-file.js';
import type { Environment } from './read-variables.js';
import type { SecretSources } from './secret-reader.js';
import type { SettingFault } from './settings.error.js';

const NAME = 'HOOK_AUTH_FILE';

/** Each way costs one more comparison per request; a rotation needs two. */
const MOST_WAYS = 10;

/** How Dataverse authenticates at /hooks/dataverse, or the faults of the file that says so. */
export interface ReadHookAuth {
  /** The ways that are accepted, at least one; null where receipts do not come over HTTP. */
  readonly hookAuth: readonly HookAuth[] | null;
  readonly faults: readonly SettingFault[];
  /** What the file's author should know; the start logs it. */
  readonly warnings: readonly SettingFault[];
}

/**
 * Reads the file that HOOK_AUTH_FILE names: one way, or a list of ways that are all accepted while a secret is rotated.
 * Finds every fault at once, by its place; no fault quotes a secret.
 */
export function readHookAuth(path: string | null, environment: Environment): ReadHookAuth {
  if (path === null) return { hookAuth: null, faults: [], warnings: [] };
  const file = readJsonFile(path);
  if (file.kind === 'unreadable') {
    return unusable([{ pointer: '', detail: `cannot be read (${file.code})` }]);
  }
  if (file.kind === 'unusable') return unusable(file.faults);
  let literals = 0;
  const onLiteral = (): void => {
    literals += 1;
  };
  const reading = waysReader({ folder: dirname(path), environment, onLiteral })(file.value, '');
  if (reading.kind === 'refused') return unusable(reading.faults);
  const weak = hookAuthWarnings(reading.value).map((detail) => ({ name: NAME, detail }));
  const exposed = literals > 0 && isReadableByOthers(path) ? [EXPOSED] : [];
  return { hookAuth: reading.value, faults: [], warnings: [...exposed, ...weak] };
}

const EXPOSED: SettingFault = {
  name: NAME,
  detail:
    'names a file that holds secrets and can be read by others on this machine: chmod 600 it, or let it point to them by ' +
    '{ "file": ... } or { "environment": ... }',
};

function waysReader(sources: SecretSources): JsonReader<readonly HookAuth[]> {
  const one = hookAuthReader(sources);
  const several = judged(listOf(one), faultBetween);
  const alone = mapped(one, (way) => [way]);
  return (value, pointer) => {
    if (typeof value !== 'object' || value === null) return refused(pointer, FORM);
    return Array.isArray(value) ? several(value, pointer) : alone(value, pointer);
  };
}

const FORM = 'must be a JSON object, or a list of them, such as { "kind": "webhook-key", "key": "..." }';

function faultBetween(ways: readonly HookAuth[]): string | null {
  if (ways.length === 0) return 'must list at least one way';
  if (ways.length > MOST_WAYS) return `must list at most ${MOST_WAYS} ways`;
  if (ways.length === 1 || ways.every(({ kind }) => kind !== 'anonymous')) return null;
  return 'lists "anonymous" beside other ways: it lets in whoever calls, so they would prove nothing';
}

function unusable(faults: readonly InputFault[]): ReadHookAuth {
  const details = faults.map(({ pointer, detail }) =>
    pointer === '' ? `names a file that ${detail}` : `names a file whose ${pointer} ${detail}`,
  );
  return { hookAuth: null, faults: details.map((detail) => ({ name: NAME, detail })), warnings: [] };
}
