import type { ColumnDifference, Obstacle } from '../change.js';
import type { DeployedStep } from './deployed-endpoint.js';
import { endpointKind } from './endpoint-kind.js';
import { hangingOn } from './endpoint-notes.js';
import { isOfReceiver } from './own-receiver.js';
import type { WishedEndpoint } from './wished-endpoint.js';
import type { WishedStep } from './wished-step.js';

export function ambiguousEndpoint({ name }: WishedEndpoint, count: number): Obstacle {
  return {
    component: 'service-endpoint',
    name,
    type: null,
    what: `${count} service endpoints are named '${name}'.`,
    why: 'Dataverse lets names repeat, so nothing says which of them is meant.',
    advice: `Rename or delete those that are not meant, or ${otherName(name)}.`,
  };
}

export function otherContract({ name }: WishedEndpoint, contract: { wished: number; deployed: number }): Obstacle {
  return {
    component: 'service-endpoint',
    name,
    type: null,
    what: `'${name}' is of kind ${endpointKind(contract.deployed)}; wished is ${endpointKind(contract.wished)}.`,
    why: 'An endpoint keeps its kind; deleting it would delete every step on it.',
    advice: `Delete the deployed one if nothing needs it, or ${otherName(name)}.`,
  };
}

export function managedEndpoint({ name }: WishedEndpoint, differences: readonly ColumnDifference[]): Obstacle {
  return {
    component: 'service-endpoint',
    name,
    type: null,
    what: `'${name}' is not as wished (${columnsOf(differences)}), and came with a managed solution.`,
    why: 'What a managed solution brought is changed by its publisher.',
    advice: `Change it in the solution it comes from, or ${otherName(name)}.`,
  };
}

/** Without differences only the secret was to be written. */
export function foreignEndpoint(
  { name }: WishedEndpoint,
  differences: readonly ColumnDifference[],
  others: readonly DeployedStep[],
): Obstacle {
  const what =
    differences.length === 0
      ? `'${name}' was made by somebody else, and its secret was to be written.`
      : `'${name}' was made by somebody else, and is not as wished (${columnsOf(differences)}).`;
  return {
    component: 'service-endpoint',
    name,
    type: null,
    what,
    why: `Its key would be written over, and nobody can read the old one back. ${hangingOn(others)}.`,
    advice:
      `Where it is meant and agreed on, take it over: \`dataverse apply\` with --take-over '${name}'. Otherwise ` +
      `${otherName(name)}.`,
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

/** Completes "..., or ...". */
function otherName(name: string): string {
  return isOfReceiver(name)
    ? 'tell this receiver from it with --receiver-name'
    : 'give the endpoint of the file another name';
}

function columnsOf(differences: readonly ColumnDifference[]): string {
  return differences.map(({ column }) => column).join(', ');
}
