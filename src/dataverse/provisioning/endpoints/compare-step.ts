import type { ColumnDifference } from '../change.js';
import { isSameName } from '../same-name.js';
import type { DeployedEndpoint, DeployedStep } from './deployed-endpoint.js';
import { differencesOf } from './differences-of.js';
import { isStepNamed, isStepOf } from './own-step.js';
import type { WishedStep } from './wished-step.js';

/** How the deployed steps fit a wished one. */
export type StepVerdict =
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'there';
      readonly deployed: DeployedStep;
      /** None: it fits. */
      readonly differences: readonly ColumnDifference[];
    }
  /** Somebody else's step sends the same events to the same endpoint: with a second one each would arrive twice. */
  | { readonly kind: 'taken'; readonly by: DeployedStep };

/** Finds the step among those of its endpoint, by its id or its name, and compares it. */
export function compareStep(wished: WishedStep, endpoint: DeployedEndpoint): StepVerdict {
  const found = endpoint.steps.find((step) => isStepNamed(wished.name, step));
  if (found === undefined) {
    const by = endpoint.steps.find((step) => carries(step, wished.message, endpoint.id));
    return by === undefined ? { kind: 'missing' } : { kind: 'taken', by };
  }
  const columns = differencesOf(wished.cells, found.cells).map(withoutConfiguration);
  const differences = [...columns, ...linkDifferences(wished, found, endpoint)];
  return { kind: 'there', deployed: found, differences };
}

/** The steps of an endpoint that are not wished: those that look like ours, and those that others registered. */
export function unwishedSteps(
  endpoint: DeployedEndpoint,
  wished: readonly WishedStep[],
): { readonly ours: readonly DeployedStep[]; readonly others: readonly DeployedStep[] } {
  const unwished = endpoint.steps.filter(
    (step) => step.handlerId === endpoint.id && !wished.some(({ name }) => isStepNamed(name, step)),
  );
  return {
    ours: unwished.filter((step) => isStepOf(endpoint.name, step)),
    others: unwished.filter((step) => !isStepOf(endpoint.name, step)),
  };
}

function carries({ message, handlerId, cells }: DeployedStep, wished: string, endpointId: string): boolean {
  return isSameName(message, wished) && handlerId === endpointId && cells.statecode === 0;
}

/** Links are compared by their targets, and shown by the names of their columns. */
function linkDifferences(wished: WishedStep, step: DeployedStep, endpoint: DeployedEndpoint): ColumnDifference[] {
  const message = { column: 'sdkmessageid', wished: wished.message, deployed: step.message };
  const handler = { column: 'eventhandler', wished: endpoint.id, deployed: step.handlerId };
  return [message, handler].filter((difference) => !isSameName(difference.wished, difference.deployed));
}

/** A plug-in defines the form of its steps' configuration, which often contains a key. */
function withoutConfiguration(difference: ColumnDifference): ColumnDifference {
  return difference.column === 'configuration' ? { ...difference, wished: 'not set', deployed: 'set' } : difference;
}
