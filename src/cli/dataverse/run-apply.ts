import type { Applied } from '../../dataverse/provisioning/applied.js';
import { applyPlan } from '../../dataverse/provisioning/apply-plan.js';
import type { ComponentKind, Obstacle } from '../../dataverse/provisioning/change.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { confirm } from '../confirm.js';
import { ExitCode } from '../exit-codes.js';
import { showProgress } from '../progress.js';
import { writeJson } from '../write-output.js';
import { reportApplied } from './applied-report.js';
import { type AppliedWithGates, applyWithGates } from './apply-with-gates.js';
import type { Dataverse } from './connect-dataverse.js';
import { requireConsent } from './consent.js';
import { formerListeners } from './former-listeners.js';
import type { Interruption } from './interruption.js';
import { tellLeftPauses } from './left-pauses.js';
import { type Planned, planBesidePauses } from './plan-beside-pauses.js';
import { planJson } from './plan-json.js';
import { type Provisioning, type ProvisioningOptions, provisioningFor } from './provisioning-options.js';
import { recreatable } from './recreatable.js';
import type { LeftRecreation } from './recreation-gates.js';
import { counted } from './sentence.js';
import { obstacleLines, showPlan } from './show-plan.js';
import { type StoreOfGateway, storeOfGateway } from './store-of-gateway.js';
import { WatchedWrites } from './watched-writes.js';
import { wishSourcesOf } from './wish-source.js';

export interface ApplyCommandOptions extends ProvisioningOptions {
  readonly yes?: true;
  readonly recreate?: readonly string[];
  readonly withoutGate?: true;
}

/** All that a run of `apply` is about. */
interface Run extends Planned {
  readonly context: CliContext;
  readonly dataverse: Dataverse;
  readonly provisioning: Provisioning;
  readonly options: ApplyCommandOptions & { readonly interruption: Interruption };
  /** Unique names of the custom APIs whose recreation the options agree to. */
  readonly agreed: ReadonlySet<string>;
  readonly store: StoreOfGateway;
  readonly left: readonly LeftRecreation[];
  readonly writes: WatchedWrites;
}

/** Plans, asks, writes, and reports the result. */
export async function runApply(context: CliContext, dataverse: Dataverse, options: Run['options']): Promise<void> {
  const store = storeOfGateway(context, dataverse.url);
  const outcome = await orInterrupted(options.interruption, async () => {
    const provisioning = await provisioningFor(context, dataverse, options);
    const agreed = recreatable(options.recreate ?? [], provisioning.wished);
    const left = await tellLeftPauses(context, store);
    const planned = await planBesidePauses(provisioning.provisioner, left);
    const writes = new WatchedWrites(dataverse.tables, planned.plan, options.interruption);
    const run: Run = { ...planned, provisioning, context, dataverse, options, agreed, store, left, writes };
    return { ...(await agreeAndApply(run)), begun: writes.begun, notes: planned.plan.notes };
  });
  const place = { store: store.kind === 'known' ? store.name : null, url: dataverse.url };
  const afterwards = await formerListeners(context, store, outcome);
  reportApplied(context, { ...outcome, ...place, afterwards, json: options.json === true });
}

/** An error here means that nothing has changed; with that, the report is complete. */
async function orInterrupted<T>({ asked }: Interruption, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!asked.aborted) throw error;
    throw new CommandError(ExitCode.Failure, 'Interrupted. Nothing was changed.');
  }
}

async function agreeAndApply(run: Run): Promise<AppliedWithGates> {
  const { context, plan, options, dataverse } = run;
  try {
    requireGround(plan.obstacles);
    if (plan.changes.length > 0) await agree(run);
    // Only the notes: obstacles are reported with the results.
    else if (!options.json) showPlan({ ...plan, obstacles: [] }, context.stdout);
    return await besideGates(run);
  } catch (error) {
    if (options.json && error instanceof CommandError && error.exitCode === ExitCode.Refused) {
      const refused = { outcome: 'refused', ...planJson(plan), problem: error.message };
      writeJson(context, { environment: dataverse.url, ...refused });
    }
    throw error;
  }
}

/** Obstacles about the solution or the privilege of callers: nothing is begun while they are there. */
const GROUND: ReadonlySet<ComponentKind> = new Set(['solution', 'publisher', 'privilege']);

function requireGround(obstacles: readonly Obstacle[]): void {
  const missing = obstacles.filter(({ component }) => GROUND.has(component));
  if (missing.length === 0) return;
  throw new CommandError(ExitCode.Refused, [...missing.flatMap(obstacleLines), 'Nothing was changed.'].join('\n'));
}

async function agree({ context, options, dataverse, plan, agreed }: Run): Promise<void> {
  const toBeSeen = context.ask !== null && !options.yes;
  if (!options.json) showPlan(plan, context.stdout);
  else if (toBeSeen) showPlan(plan, context.stderr);
  await requireConsent(context, plan.recreations, agreed);
  await confirm(
    context,
    `${counted(plan.changes.length, 'change')} to make in ${dataverse.url}.`,
    options.yes === true,
  );
}

function besideGates(run: Run): Promise<AppliedWithGates> {
  const { context, provisioning, plan, options, store, left, writes } = run;
  return applyWithGates(context, {
    ...{ plan, store, left },
    customApis: provisioning.wished.customApis,
    types: provisioning.types,
    wishedBy: wishSourcesOf(options),
    pauses: options.withoutGate !== true,
    signal: options.interruption.asked,
    begun: writes.begun,
    apply: () => apply(run),
  });
}

async function apply({ context, plan, replan, options, writes }: Run): Promise<Applied> {
  const bar = showProgress(plan.changes.length, options.json ? null : context.stderr);
  try {
    return await applyPlan(plan, {
      tables: writes,
      solution: plan.solution,
      replan,
      onDone: () => bar.advance(),
      signal: options.interruption.asked,
    });
  } finally {
    bar.end();
  }
}
