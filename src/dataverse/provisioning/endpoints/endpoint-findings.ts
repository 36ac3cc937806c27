import type { Change, Finding } from '../change.js';
import { reasonFor } from './difference-reasons.js';
import { SET_ANEW } from './endpoint-changes.js';
import { type EndpointsRequest, planEndpoints } from './plan-endpoints.js';

/** What `verify` says of endpoints and steps. */
export interface EndpointFindings {
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

/**
 * Everything that is not as it has to be: all that a plan would do, or cannot. None of it is breaking: the gateway's
 * calls succeed even if no endpoint gets the events.
 */
export function endpointFindings(
  request: Omit<EndpointsRequest, 'recreated' | 'prune' | 'writeSecrets' | 'takeOver'>,
): EndpointFindings {
  const plan = planEndpoints({
    ...request,
    ...{ recreated: new Set<string>(), prune: false, writeSecrets: false, takeOver: [] },
  });
  const blocked = plan.obstacles.map((obstacle): Finding => ({ ...obstacle, severity: 'differing' }));
  return { findings: [...plan.changes.map(findingOf), ...blocked], notes: plan.notes };
}

function findingOf(change: Change): Finding {
  const { action, component, name, type } = change;
  const differences = change.differences.filter(({ wished }) => wished !== SET_ANEW);
  const thing = component === 'step' ? 'step' : 'service endpoint';
  const columns = differences.map(
    ({ column, wished, deployed }) => `${column} is ${String(deployed)}, wished is ${String(wished)}`,
  );
  return {
    severity: 'differing',
    component,
    name,
    type,
    what: action === 'create' ? `The ${thing} '${name}' is missing.` : `The ${thing} '${name}': ${columns.join('; ')}.`,
    why: reasonFor({ action, component, differences }),
    advice: '`dataverse apply` with the same options mends it.',
  };
}
