/** Keeps track of work that nothing awaits, so that its errors are reported and its end can be waited for. */
export class Underway {
  private readonly works = new Set<Promise<void>>();

  constructor(private readonly hooks: { readonly failed: (error: unknown) => void; readonly idle: () => void }) {}

  /** The promise it returns never rejects. `idle` is called whenever the last work has ended. */
  track(work: Promise<void>): Promise<void> {
    const tracked = work.catch(this.hooks.failed).finally(() => {
      this.works.delete(tracked);
      if (this.works.size === 0) this.hooks.idle();
    });
    this.works.add(tracked);
    return tracked;
  }

  /** Resolves when nothing is under way, including work that began in the meantime. */
  async ended(): Promise<void> {
    while (this.works.size > 0) await Promise.all(this.works);
  }
}
