import { type Applied, applyPlan } from '../../dataverse/provisioning/apply-plan.js';
import type { ComponentKind, Obstacle } from '../../dataverse/provisioning/change.js';
import type { FullPlan } from '../../dataverse/provisioning/provisioner.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { confirm } from '../confirm.js';
import { ExitCode } from '../exit-codes.js';
import { showProgress } from '../progress.js';
import { reportApplied } from './applied-report.js';
import type { Dataverse } from './connect-dataverse.js';
import { requireConsent } from './consent.js';
import { type Provisioning, type ProvisioningOptions, provisioningFor } from './provisioning-options.js';
import { recreatable } from './recreatable.js';
import type { GateDeed } from './recreation-gates.js';
import { resumeLeftGates } from './resume-left-gates.js';
import { counted } from './sentence.js';
import { obstacleLines, showPlan } from './show-plan.js';
import { withRecreationGates } from './with-recreation-gates.js';

export interface ApplyCommandOptions extends ProvisioningOptions {
  readonly yes?: true;
  readonly recreate?: readonly string[];
  readonly withoutGate?: true;
}

/** All that a run of `apply` is about. */
interface Run {
  readonly context: CliContext;
  readonly dataverse: Dataverse;
  readonly provisioning: Provisioning;
  readonly options: ApplyCommandOptions & { readonly signal: AbortSignal };
}

/** Plans, asks, writes, and tells what became of it. */
export async function runApply(
  context: CliContext,
  dataverse: Dataverse,
  options: ApplyCommandOptions & { readonly signal: AbortSignal },
): Promise<void> {
  const provisioning = await provisioningFor(context, dataverse, options);
  const agreed = recreatable(options.recreate ?? [], provisioning.wished);
  const plan = await provisioning.provisioner.plan();
  requireGround(plan.obstacles);
  const run: Run = { context, dataverse, provisioning, options };
  if (plan.changes.length > 0) await agree(run, plan, agreed);
  // Notes alone: obstacles are told with what became of the rest.
  else if (!options.json) showPlan({ ...plan, obstacles: [] }, context.stdout);
  const { applied, gates } = await applyWithGates(run, plan);
  reportApplied(context, { applied, gates, plan, url: dataverse.url, json: options.json === true });
}

/** Where what is to be made belongs, and what it asks of callers: without those nothing is begun. */
const GROUND: ReadonlySet<ComponentKind> = new Set(['solution', 'publisher', 'privilege']);

function requireGround(obstacles: readonly Obstacle[]): void {
  const missing = obstacles.filter(({ component }) => GROUND.has(component));
  if (missing.length === 0) return;
  throw new CommandError(ExitCode.Refused, [...missing.flatMap(obstacleLines), 'Nothing was changed.'].join('\n'));
}

async function agree({ context, options, dataverse }: Run, plan: FullPlan, agreed: ReadonlySet<string>): Promise<void> {
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

async function applyWithGates(
  run: Run,
  plan: FullPlan,
): Promise<{ readonly applied: Applied; readonly gates: readonly GateDeed[] }> {
  const { context, provisioning, options } = run;
  if (plan.recreations.length === 0 || options.withoutGate) {
    const applied = await apply(run, plan);
    return {
      applied,
      gates: applied.kind === 'done' ? await resumeLeftGates(context, provisioning.wished.customApis) : [],
    };
  }
  return withRecreationGates(context, async (gates) => {
    const paused = await gates.pause(plan.recreations);
    const applied = await apply(run, plan);
    const resumed = applied.kind === 'done' ? await gates.resume(provisioning.wished.customApis) : [];
    return {
      applied,
      gates: [...paused.filter(({ gate }) => !resumed.some((deed) => deed.gate === gate)), ...resumed],
    };
  });
}

async function apply({ context, dataverse, provisioning, options }: Run, plan: FullPlan): Promise<Applied> {
  const bar = showProgress(plan.changes.length, options.json ? null : context.stderr);
  try {
    return await applyPlan(plan, {
      tables: dataverse.tables,
      solution: plan.solution,
      replan: () => provisioning.provisioner.plan(),
      consented: new Set(plan.recreations.map(({ name }) => name)),
      onDone: () => bar.advance(),
      signal: options.signal,
    });
  } finally {
    bar.end();
  }
}
