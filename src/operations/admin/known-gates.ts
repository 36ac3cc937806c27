import { pairGate, typeGate, userGate } from '../../delivery/gate-name.js';

/** The gates that can be changed: of every application user, every event type, and every pair of them. */
export class KnownGates {
  /** Without the pairs: those are listed only once they were closed. */
  readonly names: readonly string[];
  private readonly all: ReadonlySet<string>;

  constructor(types: readonly string[], applicationUsers: readonly string[]) {
    this.names = [...applicationUsers.map(userGate), ...types.map(typeGate)];
    const pairs = applicationUsers.flatMap((user) => types.map((type) => pairGate(user, type)));
    this.all = new Set([...this.names, ...pairs]);
  }

  has(name: string): boolean {
    return this.all.has(name);
  }
}
