import type { BegunRecreation } from '../../dataverse/provisioning/plan/plan-recreation.js';
import type { FullPlan, Provisioner } from '../../dataverse/provisioning/provisioner.js';
import type { ApplyPause } from './recreation-gates.js';

/** A plan, and how to plan anew when that is needed. */
export interface Planned {
  readonly plan: FullPlan;
  readonly replan: (begun: readonly BegunRecreation[]) => Promise<FullPlan>;
}

/**
 * Plans beside the pauses of runs that were cut short: what they left half made is completed, a custom API that they
 * deleted with the privilege its callers needed, which stands in the pause alone.
 */
export async function planBesidePauses(
  provisioner: Pick<Provisioner, 'plan'>,
  pauses: readonly ApplyPause[],
): Promise<Planned> {
  const left = pauses.map(({ told: { customApi: name, executePrivilege } }) => ({ name, executePrivilege }));
  // What this run begins, it has seen later than they did.
  const replan = (begun: readonly BegunRecreation[]) => provisioner.plan([...begun, ...left]);
  return { plan: await replan([]), replan };
}
