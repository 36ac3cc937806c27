/** Who calls, as a credential proved. */
export interface Principal {
  /** The client's name: events and keys belong to it, not to its credential. */
  readonly client: string;
  readonly roles: readonly Role[];
  /** Event types it may publish; `*` stands for all. */
  readonly publish: readonly string[];
  /** Events and requests per second it may send, or null where nothing limits it. */
  readonly rate: number | null;
}

/** `publisher`: sends events and sees its own; `operator`: sees and controls everything. */
export type Role = 'publisher' | 'operator';

export function isOperator(principal: Principal): boolean {
  return principal.roles.includes('operator');
}

export function mayPublish(principal: Principal, type: string): boolean {
  return principal.publish.includes('*') || principal.publish.includes(type);
}
