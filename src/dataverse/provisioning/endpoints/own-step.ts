import { isSameName } from '../same-name.js';
import type { DeployedStep } from './deployed-endpoint.js';
import { isOfReceiver } from './own-receiver.js';
import { rowId } from './row-id.js';
import type { WishedEndpoint } from './wished-endpoint.js';
import { stepName } from './wished-step.js';

/** The columns of a `sdkmessageprocessingstep` by which it is recognized. */
type Known = Pick<DeployedStep, 'id' | 'name'>;

/**
 * Whether a step is ours with this name: by the id that the name makes, even if somebody renamed the step; or by the
 * name, which somebody may have given to a step of theirs to hand it over.
 */
export function isStepNamed(name: string, step: Known): boolean {
  return step.id === rowId('sdkmessageprocessingstep', name) || isSameName(step.name, name);
}

/** Whether a step leads to an endpoint as ours do: its name consists of its endpoint's and its message's. */
export function isStepOf(endpoint: string, step: DeployedStep): boolean {
  return isStepNamed(stepName(endpoint, step.message), step);
}

/**
 * The steps that were made here for an endpoint that the file does not have (any more): the endpoint was renamed or
 * removed, and still gets events. A name alone proves nothing. Receivers of gateways are in no file.
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
