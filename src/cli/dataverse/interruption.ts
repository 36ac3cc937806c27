/**
 * Ctrl-C for a run of `apply`. `asked` aborts at once and is checked before something is begun; `signal` aborts work
 * under way, and is held back once something was deleted that the same run makes anew.
 */
export class Interruption {
  private readonly controller = new AbortController();
  private isHeld = false;

  /** @param onHeld told when somebody asks while it is held back; a second Ctrl-C ends the process all the same */
  constructor(
    readonly asked: AbortSignal,
    private readonly onHeld: () => void,
  ) {
    if (asked.aborted) this.controller.abort();
    else asked.addEventListener('abort', () => this.obey(), { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** From now on work under way ends by itself. */
  hold(): void {
    this.isHeld = true;
  }

  private obey(): void {
    if (this.isHeld) this.onHeld();
    else this.controller.abort();
  }
}
