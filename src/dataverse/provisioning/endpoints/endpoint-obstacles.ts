import type { ColumnDifference, Obstacle } from '../change.js';
import type { DeployedStep } from './deployed-endpoint.js';
import type { WishedEndpoint } from './wished-endpoint.js';
import type { WishedStep } from './wished-step.js';

const CONTRACTS: Readonly<Record<number, string>> = {
  1: 'a one-way listener',
  2: 'a relay queue',
  3: 'a REST listener',
  4: 'a two-way listener',
  5: 'a Service Bus topic',
  6: 'a Service Bus queue',
  7: 'an event hub',
  8: 'a webhook',
  9: 'an Event Grid topic',
  10: 'a managed data lake',
};

/** What a `contract` is, in words. */
export function contractName(contract: number): string {
  return CONTRACTS[contract] ?? `contract ${contract}`;
}

export function ambiguousEndpoint({ name }: WishedEndpoint, count: number): Obstacle {
  return {
    component: 'service-endpoint',
    name,
    type: null,
    what: `${count} service endpoints are named '${name}'.`,
    why: 'Dataverse lets names repeat, so nothing says which of them is meant.',
    advice: 'Rename or delete those that are not meant, or give the endpoint of the file another name.',
  };
}

export function otherContract({ name }: WishedEndpoint, contract: { wished: number; deployed: number }): Obstacle {
  return {
    component: 'service-endpoint',
    name,
    type: null,
    what: `'${name}' is ${contractName(contract.deployed)}, and the file wishes ${contractName(contract.wished)}.`,
    why: 'An endpoint keeps its kind; deleting it would delete every step on it.',
    advice: 'Give the endpoint of the file another name, or delete the deployed one if nothing needs it.',
  };
}

export function managedEndpoint({ name }: WishedEndpoint, differences: readonly ColumnDifference[]): Obstacle {
  return {
    component: 'service-endpoint',
    name,
    type: null,
    what: `'${name}' is not as the file wishes (${columnsOf(differences)}), and came with a managed solution.`,
    why: 'What a managed solution brought is changed by its publisher.',
    advice: 'Change it in the solution it comes from, or give the endpoint of the file another name.',
  };
}

export function managedStep({ name, type }: WishedStep, differences: readonly ColumnDifference[]): Obstacle {
  return {
    component: 'step',
    name,
    type,
    what: `The step '${name}' is not as wished (${columnsOf(differences)}), and came with a managed solution.`,
    why: 'What a managed solution brought is changed by its publisher.',
    advice: 'Change it in the solution it comes from.',
  };
}

export function takenStep({ name, type, message, endpoint }: WishedStep, by: DeployedStep): Obstacle {
  return {
    component: 'step',
    name,
    type,
    what: `The step '${by.name}' of somebody else already carries ${message} to '${endpoint}'.`,
    why: 'With a second step the receiver would get every event twice.',
    advice: `Rename that step to '${name}' to hand it over, or delete it, or leave this event type out of the endpoint's events.`,
  };
}

function columnsOf(differences: readonly ColumnDifference[]): string {
  return differences.map(({ column }) => column).join(', ');
}
