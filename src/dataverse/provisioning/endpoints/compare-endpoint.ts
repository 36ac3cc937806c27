import type { ColumnDifference } from '../change.js';
import { isSameName } from '../same-name.js';
import type { DeployedEndpoint } from './deployed-endpoint.js';
import { differencesOf } from './differences-of.js';
import { endpointCells } from './endpoint-cells.js';
import { rowId } from './row-id.js';
import { shownUrl } from './shown-url.js';
import type { WishedEndpoint } from './wished-endpoint.js';

/** How the deployed endpoints fit a wished one. */
export type EndpointVerdict =
  | { readonly kind: 'missing'; readonly id: string }
  | {
      readonly kind: 'there';
      readonly deployed: DeployedEndpoint;
      /**
       * Whether it was made here: then its id follows from its name. Otherwise somebody else's endpoint has the name.
       */
      readonly isOurs: boolean;
      /** None: it fits. */
      readonly differences: readonly ColumnDifference[];
    }
  /** Several have its name, and none of them is known to be ours. */
  | { readonly kind: 'ambiguous'; readonly count: number }
  /** It has another kind: Dataverse does not turn a queue into a webhook. */
  | { readonly kind: 'other-contract'; readonly wished: number; readonly deployed: number };

/** Finds the endpoint among the deployed ones, by the id that its name makes or by the name itself, and compares it. */
export function compareEndpoint(wished: WishedEndpoint, deployed: readonly DeployedEndpoint[]): EndpointVerdict {
  const id = rowId('serviceendpoint', wished.name);
  const named = deployed.filter(({ name }) => isSameName(name, wished.name));
  const found = deployed.find((endpoint) => endpoint.id === id) ?? named[0];
  if (found === undefined) return { kind: 'missing', id };
  if (found.id !== id && named.length > 1) return { kind: 'ambiguous', count: named.length };
  return compared(wished, found, found.id === id);
}

function compared(wished: WishedEndpoint, deployed: DeployedEndpoint, isOurs: boolean): EndpointVerdict {
  const { readable, secret } = endpointCells(wished);
  const contracts = { wished: Number(readable.contract), deployed: Number(deployed.cells.contract) };
  if (contracts.wished !== contracts.deployed) return { kind: 'other-contract', ...contracts };
  const differences = differencesOf(readable, deployed.cells).map(withoutKeys);
  const isSet = deployed.cells[secret.flag] === true;
  const missingSecret = { column: secret.column, wished: 'set', deployed: 'not set' };
  return { kind: 'there', deployed, isOurs, differences: isSet ? differences : [...differences, missingSecret] };
}

function withoutKeys(difference: ColumnDifference): ColumnDifference {
  const { column, deployed } = difference;
  return column === 'url' && typeof deployed === 'string'
    ? { ...difference, deployed: shownUrl(deployed) }
    : difference;
}
