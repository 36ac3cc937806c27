import type { Applied, Stop } from '../../dataverse/provisioning/applied.js';
import { BeyondConsentError } from '../../dataverse/provisioning/beyond-consent.error.js';
import { DataverseRefusedError } from '../../dataverse/tables/dataverse-refused.error.js';
import { DataverseUnreachableError } from '../../dataverse/tables/dataverse-unreachable.error.js';
import { messageOf } from '../../kernel/message-of.js';
import { COMPONENT_WORDS } from './component-words.js';
import { explainRefusal } from './explain-refusal.js';
import { counted } from './sentence.js';

/** An `apply` that did not reach its end. */
export type CutShort = Extract<Applied, { kind: 'cut-short' }>;

/** Why applying ended before its end, what was done and what was not, and what to do now. */
export function cutShortInWords(applied: CutShort): string {
  const { error, done, left, recreations } = applied;
  if (isNothingBegun(applied)) return `${whyStopped(error)} Nothing was changed.`;
  const stops = [applied, ...applied.further];
  const rest = `${counted(done.length, 'change')} made, ${counted(left.length + stops.length, 'change')} not`;
  return `${stops.map((stop) => stopInWords(stop, recreations)).join('\n')} ${rest}. ${whatNow(stops)}`;
}

/** Whether it was refused, or cancelled, before the first write. */
export function isNothingBegun({ error, done, writes, mayHaveRun, further }: CutShort): boolean {
  const isCalledOff = error === null || error instanceof BeyondConsentError;
  return isCalledOff && done.length === 0 && writes === 0 && !mayHaveRun && further.length === 0;
}

function stopInWords(stop: Stop, recreations: CutShort['recreations']): string {
  const { at, writes } = stop;
  const change = `${at.action} ${COMPONENT_WORDS[at.component]} ${at.name}`;
  const begun =
    writes === 0 ? '' : `; it is half done, ${counted(writes, 'write')} of ${at.operations.length} were made`;
  return `${whyStopped(stop.error)}\nIt ended at: ${change}${begun}.${openEndOf(stop)}${goneInWords(stop, recreations)}`;
}

function whyStopped(error: unknown): string {
  if (error === null) return 'Interrupted.';
  if (error instanceof DataverseRefusedError) return `${error.message}${explainRefusal(error)}`;
  return messageOf(error);
}

function openEndOf({ mayHaveRun, writes }: Stop): string {
  return mayHaveRun ? ` Its ${writes === 0 ? 'first' : 'next'} write may have been made all the same.` : '';
}

/** Between its deletion and its creation a custom API does not exist; the message must say so. */
function goneInWords({ at, writes, mayHaveRun }: Stop, recreations: CutShort['recreations']): string {
  const deleted = at.operations.findIndex(({ kind, set }) => kind === 'delete' && set === 'customapis');
  const created = at.operations.findIndex(({ kind, set }) => kind === 'create' && set === 'customapis');
  // A refusal after the deletion is planned anew, as a creation.
  const isRecreated = deleted >= 0 || recreations.some(({ name, scope }) => name === at.name && scope === 'custom-api');
  const isReached = mayHaveRun ? writes >= deleted : writes > deleted;
  if (created < 0 || !isRecreated || !isReached || writes > created) return '';
  return ` ${at.name} ${mayHaveRun ? 'may' : 'does'} not exist now.`;
}

/** A refusal that names a fault comes again until that is mended. */
function whatNow(stops: readonly Stop[]): string {
  const again = 'The same command again completes it.';
  return stops.every(({ error }) => mayPass(error))
    ? again
    : `What it was refused for has to be mended first. ${again}`;
}

function mayPass(error: unknown): boolean {
  if (error instanceof DataverseRefusedError) return error.status >= 500 || error.status === 429;
  return error === null || error instanceof DataverseUnreachableError;
}
