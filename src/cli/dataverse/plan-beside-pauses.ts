import type { BegunRecreation } from '../../dataverse/provisioning/plan/plan-recreation.js';
import type { FullPlan, Provisioner } from '../../dataverse/provisioning/provisioner.js';
import type { ApplyPause } from './recreation-gates.js';

/** A plan, and how to plan anew when that is needed. */
export interface Planned {
  readonly plan: FullPlan;
  readonly replan: (begun: readonly BegunRecreation[]) => Promise<FullPlan>;
}

/**
 * Plans with regard to the pauses of runs that were cut short: completes what they left half made. If they deleted a
 * custom API, it is made with the privilege that its callers needed, which only the pause knows.
 */
export async function planBesidePauses(
  provisioner: Pick<Provisioner, 'plan'>,
  pauses: readonly ApplyPause[],
): Promise<Planned> {
  const left = pauses.map(({ told: { customApi: name, executePrivilege } }) => ({ name, executePrivilege }));
  // The facts of this run come first: they are newer than those of the earlier runs.
  const replan = (begun: readonly BegunRecreation[]) => provisioner.plan([...begun, ...left]);
  return { plan: await replan([]), replan };
}
