import type { Change } from '../../dataverse/provisioning/change.js';
import type { FullPlan } from '../../dataverse/provisioning/provisioner.js';

/** A plan for pipelines. Without the writes: they hold ids that are new each time. */
export function planJson({ changes, recreations, obstacles, notes }: FullPlan): object {
  return { changes: changes.map(changeJson), recreations, obstacles, notes };
}

export function changeJson({ action, component, name, type, differences, recreates }: Change): object {
  return { action, component, name, type, differences, recreates: recreates ?? null };
}
