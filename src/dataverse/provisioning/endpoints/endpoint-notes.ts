import type { ColumnDifference } from '../change.js';
import type { DeployedStep } from './deployed-endpoint.js';
import { isOfReceiver } from './own-receiver.js';

/** What a person should know about an endpoint that will be changed: others may get their events from it. */
export function sharingNotes(
  name: string,
  { others, isTakenOver }: { readonly others: readonly DeployedStep[]; readonly isTakenOver: boolean },
): readonly string[] {
  if (isTakenOver) return [`'${name}' was made by somebody else and is taken over. ${hangingOn(others)}`];
  return others.length === 0 ? [] : [`'${name}' is changed for others too. ${hangingOn(others)}`];
}

/** Two gateways with the same receiver name take the endpoint from each other at every run. */
export function movingNotes(name: string, differences: readonly ColumnDifference[]): readonly string[] {
  const url = differences.find(({ column }) => column === 'url');
  if (url === undefined || !isOfReceiver(name)) return [];
  return [
    `'${name}' has led to ${String(url.deployed)}, where no receipt arrives from then on. If that is another gateway's, ` +
      'leave it as it is, and say with --receiver-name which gateway this is',
  ];
}

/**
 * What nobody can tell about a receiver that fits: secrets cannot be read, and an anonymous webhook is stored as one
 * with a header, so only a call shows whether it is let in.
 */
export function unreadableNotes(name: string): readonly string[] {
  if (!isOfReceiver(name)) return [];
  return [
    `Whether the secret that '${name}' sends is the one of HOOK_AUTH_FILE cannot be read, nor whether it sends any. ` +
      'Where that file has changed, `dataverse apply` with --write-secrets writes it',
  ];
}

/** How many steps of others call an endpoint, and which. */
export function hangingOn(others: readonly DeployedStep[]): string {
  const names = others.map(({ name, message }) => `${name} (${message})`).join(', ');
  if (others.length === 0) return 'No step of others hangs on it';
  return others.length === 1
    ? `1 step of others hangs on it: ${names}`
    : `${others.length} steps of others hang on it: ${names}`;
}
