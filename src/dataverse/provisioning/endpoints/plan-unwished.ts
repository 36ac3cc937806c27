import type { Change } from '../change.js';
import type { DeployedStep } from './deployed-endpoint.js';
import { deleteStep } from './step-changes.js';

/** Steps of ours that are no longer wished: deleted where that is asked for, otherwise shown. */
export function planUnwished(
  steps: readonly DeployedStep[],
  prune: boolean,
): { readonly changes: readonly Change[]; readonly notes: readonly string[] } {
  const deleted = steps.filter(({ isManaged }) => prune && !isManaged);
  const kept = steps.filter((step) => !deleted.includes(step));
  return { changes: deleted.map(deleteStep), notes: kept.map(noteOn) };
}

function noteOn({ name, isManaged }: DeployedStep): string {
  const removal = isManaged ? 'the managed solution it came with has to drop it' : '--prune deletes it';
  return `The step '${name}' is there, and the endpoints file does not wish it. It goes on carrying events; ${removal}`;
}
