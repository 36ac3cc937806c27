import { DataverseRefusedError } from '../tables/dataverse-refused.error.js';
import type { Applied, Stop } from './applied.js';
import type { Change, Obstacle } from './change.js';
import type { Plan } from './plan/plan.js';
import type { Recreation } from './plan/plan-recreation.js';

/** The changes of a plan that are made, the one due next, and those that are left. */
export class WorkToDo {
  /** Changes that are neither made nor given up, in their order. */
  private due: readonly Change[];
  private readonly done: Change[] = [];
  private readonly stops: Stop[] = [];
  private left: readonly Change[] = [];
  private obstacles: readonly Obstacle[];
  private recreations: readonly Recreation[];
  /** Event types for which nothing more is tried. */
  private readonly refused = new Set<string>();
  /** Event types whose custom APIs were deleted: they are missing until all of their parts are made. */
  private readonly begun = new Set<string>();

  constructor({ changes, obstacles, recreations }: Plan) {
    this.due = changes;
    this.obstacles = obstacles;
    this.recreations = recreations;
  }

  /** The change to make now, or null; after an interruption, only for custom APIs that were begun. */
  next(isInterrupted: boolean): Change | null {
    const wanted = isInterrupted ? this.due.find(({ type }) => type !== null && this.begun.has(type)) : this.due[0];
    return wanted ?? null;
  }

  begin({ type }: Change): void {
    if (type !== null) this.begun.add(type);
  }

  hasBegun({ type }: Change): boolean {
    return type !== null && this.begun.has(type);
  }

  made(change: Change): void {
    this.done.push(change);
    this.due = this.due.filter((one) => one !== change);
  }

  /** A refused change of one event type does not stop the others; a refused change that several share stops all. */
  stopAt(stop: Stop): void {
    const { type } = stop.at;
    this.stops.push(stop);
    const isLeft = type !== null && isFault(stop.error) ? (change: Change) => change.type === type : () => true;
    if (type !== null) this.refused.add(type);
    this.left = [...this.left, ...this.due.filter((change) => change !== stop.at && isLeft(change))];
    this.due = this.due.filter((change) => !isLeft(change));
  }

  /** With what the environment lacks now. */
  goOnFrom({ changes, obstacles, recreations }: Plan): void {
    this.due = changes.filter(({ type }) => type === null || !this.refused.has(type));
    this.obstacles = obstacles;
    const anew = recreations.filter(({ name }) => !this.recreations.some((known) => known.name === name));
    this.recreations = [...this.recreations, ...anew];
  }

  /** Why nothing more is begun; null: it was interrupted. */
  givenUp(error: unknown): Applied {
    const [at] = this.due;
    if (at !== undefined) this.stopAt({ at, writes: 0, mayHaveRun: false, error });
    return this.outcome();
  }

  outcome(): Applied {
    const { done, obstacles, recreations, left } = this;
    const [first, ...further] = this.stops;
    if (first !== undefined) {
      return { kind: 'cut-short', ...first, further, left: [...left, ...this.due], done, obstacles, recreations };
    }
    const [at, ...rest] = this.due;
    if (at === undefined) return { kind: 'done', done, obstacles, recreations };
    const interrupted = { at, writes: 0, mayHaveRun: false, error: null };
    return { kind: 'cut-short', ...interrupted, further: [], left: rest, done, obstacles, recreations };
  }
}

/** Whether it will be refused until something is mended. */
function isFault(error: unknown): boolean {
  return error instanceof DataverseRefusedError && error.status < 500 && error.status !== 429;
}
