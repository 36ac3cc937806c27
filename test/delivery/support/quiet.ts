/** Counts calls to a port that have not been answered, so that a test knows when nothing more will happen by itself. */
export class Quiet {
  private unanswered = 0;
  private readonly calls = new Map<string, number>();

  /** The same port, watched. */
  watch<T extends object>(port: T): T {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]) => this.counted(String(name), Reflect.apply(member, target, given));
      },
    });
  }

  /** How often a method was called since the last time this was asked. */
  takeCalls(name: string): number {
    const calls = this.calls.get(name) ?? 0;
    this.calls.delete(name);
    return calls;
  }

  /** Resolves once nothing has been waiting for an answer for some turns of the event loop. */
  readonly reached = async (): Promise<void> => {
    for (let turns = 0; turns < 3; turns += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.unanswered > 0) turns = -1;
    }
  };

  private counted(name: string, answer: unknown): unknown {
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
    if (!(answer instanceof Promise)) return answer;
    this.unanswered += 1;
    return answer.finally(() => {
      this.unanswered -= 1;
    });
  }
}
