/**
 * `uncertain` or `transient` in a row from one application user, and the number of different events there must be at
 * least.
 */
const USER_RUN = { failures: 5, events: 3 };
/** `rejected` in a row, for one event type. */
const TYPE_RUN = 10;

/**
 * Counts failures that mean nothing alone and much in a row. Only a delivered event ends a run; a closing of the gate
 * does not, so the next failure after it closes the gate again at once.
 */
export class FailureRuns {
  private readonly users = new Map<string, { failures: number; readonly events: Set<string> }>();
  private readonly types = new Map<string, number>();

  /** Notes a call that was `uncertain` or `transient`; true when the run is long enough to close the user's gate. */
  userFailed(applicationUser: string, eventIds: readonly string[]): boolean {
    const run = this.users.get(applicationUser) ?? { failures: 0, events: new Set<string>() };
    run.failures += 1;
    for (const id of eventIds) if (run.events.size < USER_RUN.events) run.events.add(id);
    this.users.set(applicationUser, run);
    return run.failures >= USER_RUN.failures && run.events.size >= USER_RUN.events;
  }

  /** Notes a `rejected`; true when the run is long enough to close the type's gate. */
  typeRefused(type: string): boolean {
    const run = (this.types.get(type) ?? 0) + 1;
    this.types.set(type, run);
    return run >= TYPE_RUN;
  }

  /** Ends a user's run although no event has passed. */
  forget(applicationUser: string): void {
    this.users.delete(applicationUser);
  }

  passed(applicationUser: string, type: string): void {
    this.users.delete(applicationUser);
    this.types.delete(type);
  }
}
