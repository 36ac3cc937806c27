import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds of work at a time: other requests wait for no more than this, and starting anew costs next to nothing. */
const TURN_MS = 5;

/** Long work in short turns of the event loop, so that it holds up nobody: ask `isOver` often, then wait for `next`. */
export class Turns {
  private beganAt = performance.now();

  get isOver(): boolean {
    return performance.now() - this.beganAt >= TURN_MS;
  }

  /** Resolves when everything else that is due had its turn. */
  async next(): Promise<void> {
    await nextTurn();
    this.beganAt = performance.now();
  }
}
