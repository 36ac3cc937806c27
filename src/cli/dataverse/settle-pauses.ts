import type { Applied } from '../../dataverse/provisioning/applied.js';
import type { WishedCustomApi } from '../../dataverse/provisioning/wished/wished-state.js';
import { messageOf } from '../../kernel/message-of.js';
import { isSameRecreation, type RecreationFacts } from '../../outbox/recreation-facts.js';
import type { ApplyPause, MadePause, RecreationGates } from './recreation-gates.js';
import type { WishSource } from './wish-source.js';

/** A pause that this run made. */
export interface OwnPause {
  readonly gate: string;
  readonly type: string;
  readonly customApi: string;
  /** Null where the gate keeps an earlier pause of somebody else. */
  readonly made: MadePause | null;
}

/**
 * What became of the gate of a type. `paused`: until the recreation is completed. `resumed`: by this run.
 * `resumed-by-others`: somebody lifted it meanwhile. `left-paused`: the pause belongs to somebody else, or to a run
 * that this one does not complete. `not-resumed`: the store refused to resume it.
 */
export interface PauseDeed {
  readonly gate: string;
  readonly deed: 'paused' | 'resumed' | 'resumed-by-others' | 'left-paused' | 'not-resumed';
  /** Whose pause was left as it is. */
  readonly by: string | null;
  /** Why it is left, or was not resumed; null where the deed needs no explanation. */
  readonly why: string | null;
}

/** What a run knows at its end. */
export interface Ended {
  readonly applied: Applied;
  readonly own: readonly OwnPause[];
  /** Those of earlier runs, which this one found. */
  readonly left: readonly ApplyPause[];
  readonly customApis: readonly WishedCustomApi[];
  /** Every event type, also those that were not asked for. */
  readonly types: readonly string[];
  /** The options of this run. */
  readonly wishedBy: readonly WishSource[];
  /** Unique names of the custom APIs that lost something by this run, or may have. */
  readonly begun: ReadonlySet<string>;
}

/**
 * Lifts the pauses that are no longer needed, also those of earlier runs, and tells what became of each. Never rejects.
 */
export async function settlePauses(gates: RecreationGates, ended: Ended): Promise<readonly PauseDeed[]> {
  const deeds: PauseDeed[] = [];
  for (const own of ended.own) deeds.push(await orFailed(own.gate, settleOwn(gates, own, ended)));
  const others = ended.left.filter(({ gate }) => !ended.own.some((own) => own.gate === gate));
  for (const left of others) deeds.push(await orFailed(left.gate, settleLeft(gates, left, ended)));
  return deeds;
}

async function orFailed(gate: string, settling: Promise<PauseDeed>): Promise<PauseDeed> {
  try {
    return await settling;
  } catch (error) {
    return { gate, deed: 'not-resumed', by: null, why: messageOf(error) };
  }
}

async function settleOwn(gates: RecreationGates, own: OwnPause, ended: Ended): Promise<PauseDeed> {
  const { gate, made } = own;
  const pause = await gates.pauseOf(gate);
  if (pause === null) return { gate, deed: 'resumed-by-others', by: null, why: null };
  const isOurs = made !== null && isSameRecreation(pause.recreation, made.told);
  if (!isOurs) return { gate, deed: 'left-paused', by: pause.by, why: pause.reason };
  const isAsBefore = !made.isTakenOver && isUntouched(own, ended);
  if (!isAsBefore && !isComplete(own, ended.applied)) return { gate, deed: 'paused', by: null, why: null };
  const why = whyNotRestored(made.told, ended);
  if (why !== null) return { gate, deed: 'left-paused', by: pause.by, why };
  await gates.resume(gate, made.told);
  return { gate, deed: 'resumed', by: null, why: null };
}

async function settleLeft(gates: RecreationGates, left: ApplyPause, ended: Ended): Promise<PauseDeed> {
  const { gate, told, isAtWork } = left;
  const pause = await gates.pauseOf(gate);
  if (pause === null) return { gate, deed: 'resumed-by-others', by: null, why: null };
  const why = isAtWork ? 'that run may still be at work' : whyNotCompleted(left, ended);
  const isTheirs = isSameRecreation(pause.recreation, told);
  if (!isTheirs || why !== null) return { gate, deed: 'left-paused', by: pause.by, why };
  await gates.resume(gate, told);
  return { gate, deed: 'resumed', by: null, why: null };
}

/** Why this run does not lift an earlier run's pause; null where it does, or the type is not wished any more. */
function whyNotCompleted({ type, told }: ApplyPause, ended: Ended): string | null {
  if (!ended.types.includes(type)) return null;
  const isWished = ended.customApis.some(({ api }) => api.uniqueName === told.customApi);
  if (!isWished) return `${told.customApi} was not looked at by this run`;
  if (!isComplete({ type }, ended.applied)) return `${told.customApi} is not as it has to be yet`;
  return whyNotRestored(told, ended);
}

/** Steps that an earlier run's options asked for are missing until a run has these options again. */
function whyNotRestored(told: RecreationFacts, ended: Ended): string | null {
  const given: readonly string[] = ended.wishedBy;
  const missing = told.wishedBy.filter((source) => !given.includes(source));
  return missing.length === 0 ? null : `its steps are restored by a run with ${missing.join(' and ')} alone`;
}

/** Whether no recreation was begun: the custom API is as it was. */
function isUntouched({ customApi }: OwnPause, { applied, begun: deleted }: Ended): boolean {
  if (deleted.has(customApi)) return false;
  const isOf = ({ recreates }: { readonly recreates?: string }) => recreates === customApi;
  const begun = stopsOf(applied).filter(({ writes, mayHaveRun }) => writes > 0 || mayHaveRun);
  return !applied.done.some(isOf) && !begun.some(({ at }) => isOf(at));
}

/** Whether everything of a type was made, and no obstacle concerns its custom API. */
function isComplete({ type }: Pick<OwnPause, 'type'>, applied: Applied): boolean {
  // A step or a catalog that we may not change makes no call fail.
  if (applied.obstacles.some((one) => one.type === type && one.component === 'custom-api')) return false;
  const open = applied.kind === 'done' ? [] : [...stopsOf(applied).map(({ at }) => at), ...applied.left];
  return !open.some((change) => change.type === type);
}

function stopsOf(applied: Applied) {
  return applied.kind === 'done' ? [] : [applied, ...applied.further];
}
