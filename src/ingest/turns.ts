import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Milliseconds of work at a time: other requests wait no longer than this, and beginning the next turn costs next to
 * nothing.
 */
const TURN_MS = 5;

/**
 * Divides long work into short turns of the event loop, so that it delays nothing else: ask `isOver` often, then wait
 * for `next`.
 */
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
