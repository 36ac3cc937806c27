import type { BegunRecreation } from '../../dataverse/provisioning/plan/plan-recreation.js';
import type { FullPlan, Provisioner } from '../../dataverse/provisioning/provisioner.js';
import type { LeftRecreation } from './recreation-gates.js';

/** A plan, and how to plan anew when that is needed. */
export interface Planned {
  readonly plan: FullPlan;
  readonly replan: (begun: readonly BegunRecreation[]) => Promise<FullPlan>;
}

/**
 * Plans with regard to runs that were cut short: completes what they left half made. If they deleted a custom API, it
 * is made with the privilege that its callers needed, which only the gate's facts know.
 */
export async function planBesidePauses(
  provisioner: Pick<Provisioner, 'plan'>,
  recreations: readonly LeftRecreation[],
): Promise<Planned> {
  const left = recreations.map(({ told: { customApi: name, executePrivilege } }) => ({ name, executePrivilege }));
  // The facts of this run come first: they are newer than those of the earlier runs.
  const replan = (begun: readonly BegunRecreation[]) => provisioner.plan([...begun, ...left]);
  return { plan: await replan([]), replan };
}
