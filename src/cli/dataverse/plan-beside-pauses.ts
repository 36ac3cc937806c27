import type { FullPlan } from '../../dataverse/provisioning/provisioner.js';
import type { Provisioning } from './provisioning-options.js';
import type { ApplyPause } from './recreation-gates.js';

/** A plan, and what made it: it plans anew when that is needed. */
export interface Planned {
  readonly provisioning: Provisioning;
  readonly plan: FullPlan;
}

/**
 * Plans beside the pauses of runs that were cut short: a custom API they left deleted is made anew with the privilege its
 * callers needed, which stands in the pause alone.
 */
export async function planBesidePauses(provisioning: Provisioning, pauses: readonly ApplyPause[]): Promise<Planned> {
  const plan = await provisioning.provisioner.plan();
  const privileges = new Map(
    pauses.flatMap(({ told: { customApi, executePrivilege } }) =>
      executePrivilege !== null && isMade(plan, customApi) ? [[customApi, executePrivilege] as const] : [],
    ),
  );
  if (privileges.size === 0) return { provisioning, plan };
  const kept = provisioning.keeping(privileges);
  return { provisioning: kept, plan: await kept.provisioner.plan() };
}

function isMade({ changes }: FullPlan, customApi: string): boolean {
  return changes.some(({ action, name }) => action === 'create' && name === customApi);
}
