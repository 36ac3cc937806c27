import type { Applied } from '../../dataverse/provisioning/applied.js';
import type { WishedCustomApi } from '../../dataverse/provisioning/wished/wished-state.js';
import { isPausedByRecreation } from '../../delivery/recreated-gate.js';
import { messageOf } from '../../kernel/message-of.js';
import type { GateRecord } from '../../outbox/gate-store.js';
import { isSameRecreation, type RecreationFacts } from '../../outbox/recreation-facts.js';
import type { KeptRecreation, LeftRecreation, RecreationGates } from './recreation-gates.js';
import type { WishSource } from './wish-source.js';

/** A recreation that this run began. */
export interface OwnRecreation {
  readonly gate: string;
  readonly type: string;
  readonly customApi: string;
  /** Null where the gate keeps what another run told, which may be working at it. */
  readonly kept: KeptRecreation | null;
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
  readonly own: readonly OwnRecreation[];
  /** Those of earlier runs, which this one found. */
  readonly left: readonly LeftRecreation[];
  readonly customApis: readonly WishedCustomApi[];
  /** Every event type, also those that were not asked for. */
  readonly types: readonly string[];
  /** The options of this run. */
  readonly wishedBy: readonly WishSource[];
  /** Unique names of the custom APIs that lost something by this run, or may have. */
  readonly begun: ReadonlySet<string>;
}

/**
 * Ends the recreations that are completed, also those of earlier runs, lifts their pauses, and tells what became of each
 * gate. Never rejects.
 */
export async function settlePauses(gates: RecreationGates, ended: Ended): Promise<readonly PauseDeed[]> {
  const deeds: (PauseDeed | null)[] = [];
  for (const own of ended.own) deeds.push(await orFailed(own.gate, settleOwn(gates, own, ended)));
  const others = ended.left.filter(({ gate }) => !ended.own.some((own) => own.gate === gate));
  for (const left of others) deeds.push(await orFailed(left.gate, settleLeft(gates, left, ended)));
  return deeds.filter((deed) => deed !== null);
}

async function orFailed(gate: string, settling: Promise<PauseDeed | null>): Promise<PauseDeed | null> {
  try {
    return await settling;
  } catch (error) {
    return { gate, deed: 'not-resumed', by: null, why: messageOf(error) };
  }
}

async function settleOwn(gates: RecreationGates, own: OwnRecreation, ended: Ended): Promise<PauseDeed> {
  const { gate, kept } = own;
  const isOver = (kept?.isTakenOver === false && isUntouched(own, ended)) || isComplete(own, ended.applied);
  if (kept !== null && isOver) return endUnless(whyNotRestored(kept.told, ended), gates, { gate, told: kept.told });
  const record = await gates.find(gate);
  const isOurs = isPausedByRecreation(record) && kept !== null && isSameRecreation(record.recreation, kept.told);
  return isOurs ? { gate, deed: 'paused', by: null, why: null } : leftAs(record, null);
}

/** Null where nothing was paused at any time. */
async function settleLeft(gates: RecreationGates, left: LeftRecreation, ended: Ended): Promise<PauseDeed | null> {
  const why = left.isAtWork ? 'that run may still be at work' : whyNotCompleted(left, ended);
  const deed = await endUnless(why, gates, left);
  return left.pause === null && deed.deed === 'resumed-by-others' ? null : deed;
}

async function endUnless(
  why: string | null,
  gates: RecreationGates,
  { gate, told }: Pick<LeftRecreation, 'gate' | 'told'>,
): Promise<PauseDeed> {
  const before = await gates.find(gate);
  const after = why === null ? await gates.end(gate, told) : before;
  const isLifted = before.pause !== null && after.pause === null;
  return isLifted ? { gate, deed: 'resumed', by: null, why: null } : leftAs(after, why);
}

/** Of a gate that this run does not lift: `why` is told of the pause of a recreation, a person's tells its own reason. */
function leftAs(record: GateRecord, why: string | null): PauseDeed {
  const { name: gate, pause } = record;
  if (pause === null) return { gate, deed: 'resumed-by-others', by: null, why: null };
  const isPersons = !isPausedByRecreation(record);
  return { gate, deed: 'left-paused', by: pause.by, why: isPersons ? pause.reason : (why ?? pause.reason) };
}

/** Why this run does not end what an earlier one began; null where it does, or the type is not wished any more. */
function whyNotCompleted({ type, told }: LeftRecreation, ended: Ended): string | null {
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
function isUntouched({ customApi }: OwnRecreation, { applied, begun: deleted }: Ended): boolean {
  if (deleted.has(customApi)) return false;
  const isOf = ({ recreates }: { readonly recreates?: string }) => recreates === customApi;
  const begun = stopsOf(applied).filter(({ writes, mayHaveRun }) => writes > 0 || mayHaveRun);
  return !applied.done.some(isOf) && !begun.some(({ at }) => isOf(at));
}

/** Whether everything of a type was made, and no obstacle concerns its custom API. */
function isComplete({ type }: Pick<OwnRecreation, 'type'>, applied: Applied): boolean {
  // A step or a catalog that we may not change makes no call fail.
  if (applied.obstacles.some((one) => one.type === type && one.component === 'custom-api')) return false;
  const open = applied.kind === 'done' ? [] : [...stopsOf(applied).map(({ at }) => at), ...applied.left];
  return !open.some((change) => change.type === type);
}

function stopsOf(applied: Applied) {
  return applied.kind === 'done' ? [] : [applied, ...applied.further];
}
