import type { Timers } from '../../../src/kernel/timers.js';

/**
 * Stands in for SIGSTOP and SIGCONT, and never thawed for kill -9: while frozen a process hears nothing, neither of its
 * timers nor of what it asked for. What it asked for happens all the same.
 */
export class Freezer {
  private thawed = Promise.withResolvers<void>();
  private frozen = false;

  get isFrozen(): boolean {
    return this.frozen;
  }

  freeze(): void {
    if (this.frozen) return;
    this.frozen = true;
    this.thawed = Promise.withResolvers<void>();
  }

  thaw(): void {
    this.frozen = false;
    this.thawed.resolve();
  }

  /** The same port; its answers come while the process is awake. */
  wrap<T extends object>(port: T): T {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]) => {
          const answer: unknown = Reflect.apply(member, target, given);
          return answer instanceof Promise ? this.heard(answer) : answer;
        };
      },
    });
  }

  timers(timers: Timers): Timers {
    return { after: (ms, ring) => timers.after(ms, () => void this.awake().then(ring)) };
  }

  private async heard<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } finally {
      await this.awake();
    }
  }

  private async awake(): Promise<void> {
    while (this.frozen) await this.thawed.promise;
  }
}
