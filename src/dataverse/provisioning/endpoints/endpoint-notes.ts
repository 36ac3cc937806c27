import type { DeployedStep } from './deployed-endpoint.js';

/** What a person should know of an endpoint that is about to be changed: others may have their events from it. */
export function sharingNotes(
  name: string,
  { others, isTakenOver }: { readonly others: readonly DeployedStep[]; readonly isTakenOver: boolean },
): readonly string[] {
  if (isTakenOver) return [`'${name}' was made by somebody else and is taken over. ${hangingOn(others)}`];
  return others.length === 0 ? [] : [`'${name}' is changed for others too. ${hangingOn(others)}`];
}

/** How many steps of others call an endpoint, and which. */
export function hangingOn(others: readonly DeployedStep[]): string {
  const names = others.map(({ name, message }) => `${name} (${message})`).join(', ');
  if (others.length === 0) return 'No step of others hangs on it';
  return others.length === 1
    ? `1 step of others hangs on it: ${names}`
    : `${others.length} steps of others hang on it: ${names}`;
}
