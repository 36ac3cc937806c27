import type { Applied } from '../../dataverse/provisioning/applied.js';
import type { FullPlan } from '../../dataverse/provisioning/provisioner.js';
import { typeGate } from '../../delivery/gate-name.js';
import { messageOf } from '../../kernel/message-of.js';
import type { RecreationFacts } from '../../outbox/recreation-facts.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import type { LeftRecreation, RecreationGates, RecreationToBegin } from './recreation-gates.js';
import { type Ended, type OwnRecreation, type PauseDeed, settlePauses } from './settle-pauses.js';
import type { StoreOfGateway } from './store-of-gateway.js';
import { withRecreationGates } from './with-recreation-gates.js';

/** How a plan is applied beside the gates of the gateway. */
export interface BesideGates extends Pick<Ended, 'customApis' | 'types' | 'wishedBy' | 'begun'> {
  readonly plan: FullPlan;
  readonly store: StoreOfGateway;
  readonly left: readonly LeftRecreation[];
  /** False: gates are paused where the gateway runs. */
  readonly pauses: boolean;
  readonly signal: AbortSignal;
  /** Never rejects. */
  readonly apply: () => Promise<Applied>;
}

/** The results for the plan and for the gates. */
export interface AppliedWithGates {
  readonly applied: Applied;
  readonly gates: readonly PauseDeed[];
}

/**
 * Pauses the gates that recreations need paused, applies, and resumes them in every case where no recreation wrote
 * anything. Rejects only where nothing was written at all.
 */
export async function applyWithGates(context: CliContext, run: BesideGates): Promise<AppliedWithGates> {
  const { plan, store, wishedBy, pauses } = run;
  const recreations = plan.recreations.map((recreation) => ({ recreation, wishedBy }));
  if (!pauses) tellWhatIsKept(context, plan.recreations);
  if (!pauses || recreations.length === 0) return withoutPausing(context, run);
  if (store.kind !== 'known') throw outOfReach(store.why);
  try {
    return await withRecreationGates(context, async (gates) => {
      const own = await pauseAll(context, gates, { recreations, signal: run.signal });
      const applied = await run.apply();
      return { applied, gates: await settlePauses(gates, { ...run, applied, own }) };
    });
  } catch (error) {
    throw error instanceof CommandError ? error : outOfReach(messageOf(error));
  }
}

async function withoutPausing(context: CliContext, run: BesideGates): Promise<AppliedWithGates> {
  const applied = await run.apply();
  if (run.left.length === 0) return { applied, gates: [] };
  try {
    const gates = await withRecreationGates(context, (opened) => settlePauses(opened, { ...run, applied, own: [] }));
    return { applied, gates };
  } catch (error) {
    const why = messageOf(error);
    const paused = run.left.filter(({ isPausedByIt }) => isPausedByIt);
    return { applied, gates: paused.map(({ gate }) => ({ gate, deed: 'not-resumed', by: null, why })) };
  }
}

interface Pausing {
  readonly recreations: readonly RecreationToBegin[];
  readonly signal: AbortSignal;
}

/** All of them, or none: if the last one cannot be paused, the first is resumed. What an earlier run began stays. */
async function pauseAll(
  context: CliContext,
  gates: RecreationGates,
  { recreations, signal }: Pausing,
): Promise<readonly OwnRecreation[]> {
  const own: OwnRecreation[] = [];
  try {
    for (const one of recreations) {
      if (signal.aborted) break;
      const { type, name: customApi } = one.recreation;
      own.push({ gate: typeGate(type), type, customApi, kept: await gates.begin(one) });
    }
    await gates.waitForCalls(
      own.map(({ type }) => type),
      signal,
    );
    if (signal.aborted) throw new CommandError(ExitCode.Failure, 'Interrupted. Nothing was changed.');
    return own;
  } catch (error) {
    for (const { gate, kept } of own) {
      if (kept?.isTakenOver === false) await endOrTell(context, gates, { gate, told: kept.told });
    }
    throw error;
  }
}

async function endOrTell(
  { stderr }: CliContext,
  gates: RecreationGates,
  { gate, told }: { readonly gate: string; readonly told: RecreationFacts },
): Promise<void> {
  try {
    await gates.end(gate, told);
  } catch (error) {
    stderr.write(`${gate} was paused and could not be resumed (${messageOf(error)}): \`gates resume ${gate}\` does.\n`);
  }
}

/** Without a store that keeps them, a person has to know the facts that a run which is cut short leaves nowhere. */
function tellWhatIsKept({ stderr }: CliContext, recreations: FullPlan['recreations']): void {
  for (const { name, type, executePrivilege } of recreations) {
    if (executePrivilege === null) continue;
    stderr.write(
      `Callers of ${name} need ${executePrivilege}, and will: should this be cut short, complete it with ` +
        `--event ${type} --execute-privilege ${executePrivilege}.\n`,
    );
  }
}

function outOfReach(why: string): CommandError {
  return new CommandError(
    ExitCode.Refused,
    `The gateway's store is out of reach: ${why}\n` +
      'While a custom API is recreated, the gate of its event type has to be paused there, or calls would meet the gap. Give ' +
      'DATABASE_URL; or pause the gate where the gateway runs (`gates pause type:<event type>`) and say --without-gate. ' +
      'Nothing was changed.',
  );
}
