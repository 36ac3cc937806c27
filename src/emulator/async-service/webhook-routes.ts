/** Where addresses of endpoints lead on this machine, by origins; tells of each change. */
export class WebhookRoutes extends Map<string, string> {
  readonly #changed: (routes: ReadonlyMap<string, string>) => void;

  constructor(
    routes: readonly (readonly [from: string, to: string])[],
    changed: (routes: ReadonlyMap<string, string>) => void,
  ) {
    super();
    for (const [from, to] of routes) super.set(from, to);
    this.#changed = changed;
  }

  override set(from: string, to: string): this {
    super.set(from, to);
    this.#changed(this);
    return this;
  }

  override delete(from: string): boolean {
    const had = super.delete(from);
    this.#changed(this);
    return had;
  }

  override clear(): void {
    super.clear();
    this.#changed(this);
  }
}
