import { isSameName } from '../same-name.js';
import type { DeployedStep } from './deployed-endpoint.js';
import { isOfReceiver } from './own-receiver.js';
import { rowId } from './row-id.js';
import type { WishedEndpoint } from './wished-endpoint.js';
import { stepName } from './wished-step.js';

/** A row of `sdkmessageprocessingstep`, by what it is known by. */
type Known = Pick<DeployedStep, 'id' | 'name'>;

/**
 * Whether a step is the one of ours that has this name: by the id that is made of the name, whatever somebody called it
 * since, or by the name that somebody gave to one of theirs to hand it over.
 */
export function isStepNamed(name: string, step: Known): boolean {
  return step.id === rowId('sdkmessageprocessingstep', name) || isSameName(step.name, name);
}

/** Whether a step carries to an endpoint as ours do: what its endpoint and its message make of a name is its own. */
export function isStepOf(endpoint: string, step: DeployedStep): boolean {
  return isStepNamed(stepName(endpoint, step.message), step);
}

/**
 * The steps that were made here for an endpoint that the file does not have (any more): it was renamed or taken out, and
 * goes on getting events. A name alone proves nothing of them. Receivers of gateways stand in no file.
 */
export function abandonedSteps(
  steps: readonly DeployedStep[],
  endpoints: readonly WishedEndpoint[],
): readonly DeployedStep[] {
  const prefixes = endpoints.map(({ name }) => stepName(name, '').toLowerCase());
  return steps.filter(
    ({ id, name }) =>
      id === rowId('sdkmessageprocessingstep', name) &&
      !isOfReceiver(name) &&
      !prefixes.some((prefix) => name.toLowerCase().startsWith(prefix)),
  );
}
