import type { DeployedStep } from './deployed-endpoint.js';
import { isStepNamed } from './own-step.js';
import { type EndpointsRequest, planEndpoints } from './plan-endpoints.js';

/**
 * Tells which steps a plan makes anew where their messages go. It is asked of the plan itself: an endpoint that stands in
 * the way restores none of its steps, whosever they are.
 */
export function restoredSteps(
  request: Omit<EndpointsRequest, 'recreated'>,
): (step: Pick<DeployedStep, 'id' | 'name'>) => boolean {
  const recreated = new Set(request.customApis.map(({ api }) => api.uniqueName));
  const made = planEndpoints({ ...request, recreated }).changes.filter(
    ({ component, action }) => component === 'step' && action === 'create',
  );
  return (step) => made.some(({ name }) => isStepNamed(name, step));
}
