import type { TableClient } from '../../tables/table-client.js';
import type { DeployedEndpoint, DeployedStep } from './deployed-endpoint.js';
import { readAllEndpoints, readStepsOn } from './read-deployed-endpoints.js';
import { readStepHealth, type StepHealth } from './step-health.js';

/** A step on one of our messages, and its success. */
export interface ListedStep {
  readonly step: DeployedStep;
  readonly health: StepHealth;
}

/** A service endpoint, and the steps that send our events to it. */
export interface ListedEndpoint {
  readonly endpoint: DeployedEndpoint;
  readonly steps: readonly ListedStep[];
}

export interface Listing {
  readonly endpoints: readonly ListedEndpoint[];
  /** Steps on our messages that run a plug-in. */
  readonly pluginSteps: readonly ListedStep[];
}

/** Every service endpoint of the environment, with the steps on these messages. */
export async function listEndpoints(tables: Pick<TableClient, 'list'>, messages: readonly string[]): Promise<Listing> {
  const endpoints = await readAllEndpoints(tables);
  const steps: ListedStep[] = [];
  for (const step of await readStepsOn(tables, messages)) {
    steps.push({ step, health: await readStepHealth(tables, step) });
  }
  const ids = new Set(endpoints.map(({ id }) => id));
  return {
    endpoints: endpoints.map((endpoint) => ({
      endpoint,
      steps: steps.filter(({ step }) => step.handlerId === endpoint.id),
    })),
    pluginSteps: steps.filter(({ step }) => !ids.has(step.handlerId)),
  };
}
