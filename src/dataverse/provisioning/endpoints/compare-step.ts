import type { ColumnDifference } from '../change.js';
import type { DeployedEndpoint, DeployedStep } from './deployed-endpoint.js';
import { differencesOf } from './differences-of.js';
import { stepName, type WishedStep } from './wished-step.js';

/** How what is deployed fits a wished step. */
export type StepVerdict =
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'there';
      readonly deployed: DeployedStep;
      /** None: it fits. */
      readonly differences: readonly ColumnDifference[];
    }
  /** Somebody else's step carries the same events to the same endpoint: a second one would deliver each of them twice. */
  | { readonly kind: 'taken'; readonly by: DeployedStep };

/** Finds the step among those of its endpoint, by its id or its name, and compares it. */
export function compareStep(wished: WishedStep, endpoint: DeployedEndpoint): StepVerdict {
  const found = endpoint.steps.find((step) => isStep(wished, step));
  if (found === undefined) {
    const by = endpoint.steps.find((step) => carries(step, wished.message, endpoint.id));
    return by === undefined ? { kind: 'missing' } : { kind: 'taken', by };
  }
  const differences = [...differencesOf(wished.cells, found.cells), ...linkDifferences(wished, found, endpoint)];
  return { kind: 'there', deployed: found, differences };
}

/** Whether a deployed step is the one that is wished, whatever its columns say. */
function isStep(wished: WishedStep, { id, name }: Pick<DeployedStep, 'id' | 'name'>): boolean {
  return id === wished.id || name.toLowerCase() === wished.name.toLowerCase();
}

/** The steps that were made as ours are, and that nothing wishes any more. Those of others are none of our business. */
export function unwishedSteps(endpoint: DeployedEndpoint, wished: readonly WishedStep[]): readonly DeployedStep[] {
  return endpoint.steps.filter(
    (step) =>
      step.handlerId === endpoint.id &&
      step.name === stepName(endpoint.name, step.message) &&
      !wished.some((other) => isStep(other, step)),
  );
}

function carries({ message, handlerId, cells }: DeployedStep, wished: string, endpointId: string): boolean {
  return message === wished && handlerId === endpointId && cells.statecode === 0;
}

/** Links are compared by what they point to, and told by the names of their columns. */
function linkDifferences(wished: WishedStep, step: DeployedStep, endpoint: DeployedEndpoint): ColumnDifference[] {
  const message = { column: 'sdkmessageid', wished: wished.message, deployed: step.message };
  const handler = { column: 'eventhandler', wished: endpoint.id, deployed: step.handlerId };
  return [message, handler].filter((difference) => difference.wished !== difference.deployed);
}
