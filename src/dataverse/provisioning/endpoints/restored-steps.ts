import type { DeployedStep } from './deployed-endpoint.js';
import { isStepNamed } from './own-step.js';
import { type EndpointsRequest, planEndpoints } from './plan-endpoints.js';

/**
 * Tells which steps a plan makes anew after their messages were deleted. It asks the plan itself: an endpoint with an
 * obstacle restores none of its steps, neither ours nor others'.
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
