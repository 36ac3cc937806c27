import type { EventCatalog } from '../contract/event-catalog.js';

/** The gate before everything an application user sends. */
export function userGate(applicationUser: string): string {
  return `user:${applicationUser}`;
}

/** The gate before every event of a type, whoever sends it. */
export function typeGate(type: string): string {
  return `type:${type}`;
}

/** The gate before events of a type that one application user sends. */
export function pairGate(applicationUser: string, type: string): string {
  return `user:${applicationUser}+type:${type}`;
}

/** Whether a gate of this name can stand before anything that this catalog and these application users send. */
export function isGateName(name: string, catalog: EventCatalog, applicationUsers: readonly string[]): boolean {
  const types: readonly string[] = catalog.types;
  return (
    applicationUsers.some((user) => name === userGate(user)) ||
    types.some((type) => name === typeGate(type)) ||
    applicationUsers.some((user) => types.some((type) => name === pairGate(user, type)))
  );
}
