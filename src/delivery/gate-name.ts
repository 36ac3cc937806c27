/** The gate before everything an application user sends. */
export function userGate(applicationUser: string): string {
  return `user:${applicationUser}`;
}

/** The gate before every event of a type, for all application users. */
export function typeGate(type: string): string {
  return `type:${type}`;
}

/** The gate before events of a type that one application user sends. */
export function pairGate(applicationUser: string, type: string): string {
  return `user:${applicationUser}+type:${type}`;
}
