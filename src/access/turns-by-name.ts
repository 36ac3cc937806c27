/**
 * Lets tasks that share a name run one after the other. Tasks of different names do not wait for each other. Nothing is
 * kept of a name once its last task is over.
 */
export class TurnsByName {
  private readonly last = new Map<string, Promise<unknown>>();

  async run<T>(name: string, task: () => Promise<T>): Promise<T> {
    const before = this.last.get(name) ?? Promise.resolve();
    const turn = before.then(task);
    const over = turn.catch(() => undefined);
    this.last.set(name, over);
    try {
      return await turn;
    } finally {
      if (this.last.get(name) === over) this.last.delete(name);
    }
  }
}
