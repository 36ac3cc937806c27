import { DataverseRefusedError } from '../tables/dataverse-refused.error.js';
import type { TableClient } from '../tables/table-client.js';
import type { Change } from './change.js';
import type { Plan } from './plan/plan.js';

/** What applying a plan needs beside it. */
export interface ApplyOptions {
  readonly tables: Pick<TableClient, 'write'>;
  /** Unique name of the solution components are put into, or null for the default solution. */
  readonly solution: string | null;
  /** Reads the environment anew: somebody else may be at work on it. */
  readonly replan: () => Promise<Plan>;
  /** Unique names of the custom APIs that may be recreated. */
  readonly consented: ReadonlySet<string>;
  /** Told of every change once it is made. */
  readonly onDone: (change: Change) => void;
  readonly signal: AbortSignal;
}

/** What became of a plan. `done` is done whatever else happened. */
export type Applied =
  | { readonly kind: 'done'; readonly done: readonly Change[] }
  | {
      readonly kind: 'cut-short';
      readonly done: readonly Change[];
      /** The change it ended at. */
      readonly at: Change;
      /** How many of its writes were made: a recreation may be half done. */
      readonly writes: number;
      /** Those behind it, which were not begun. */
      readonly left: readonly Change[];
      /** Null where it was interrupted. */
      readonly error: unknown;
    };

/** Two who apply at once can meet at every change; who meets more often than this is not merely met. */
const MEETINGS = 20;

/**
 * Makes the changes one after the other. Where Dataverse refuses one, the environment is read anew: if the change is not
 * due any more, somebody else has made it, and the rest goes on from what is found. Never rejects.
 */
export async function applyPlan(plan: Plan, options: ApplyOptions): Promise<Applied> {
  const done: Change[] = [];
  let due = plan.changes;
  for (let meetings = 0; ; ) {
    const [change, ...left] = due;
    if (change === undefined) return { kind: 'done', done };
    const made = await makeChange(change, options);
    if (made.kind === 'made') {
      done.push(change);
      options.onDone(change);
      due = left;
      continue;
    }
    const anew = meetings < MEETINGS ? await afterRefusal(change, made.error, options) : null;
    if (anew === null) return { kind: 'cut-short', done, at: change, writes: made.writes, left, error: made.error };
    meetings += 1;
    due = anew;
  }
}

type Made = { readonly kind: 'made' } | { readonly kind: 'stopped'; readonly writes: number; readonly error: unknown };

async function makeChange({ operations }: Change, { tables, solution, signal }: ApplyOptions): Promise<Made> {
  for (const [writes, operation] of operations.entries()) {
    if (signal.aborted) return { kind: 'stopped', writes, error: null };
    try {
      await tables.write(operation, { solution: isHome(operation.set) ? null : solution });
    } catch (error) {
      return { kind: 'stopped', writes, error: signal.aborted ? null : error };
    }
  }
  return { kind: 'made' };
}

/** Solutions and publishers are put into no solution. */
function isHome(set: string): boolean {
  return set === 'solutions' || set === 'publishers';
}

/** What is due now that a change was refused; null where nothing explains the refusal. */
async function afterRefusal(
  refused: Change,
  error: unknown,
  { replan, consented }: ApplyOptions,
): Promise<readonly Change[] | null> {
  if (!(error instanceof DataverseRefusedError)) return null;
  try {
    const { changes } = await replan();
    const isAgreed = changes.every(({ recreates }) => recreates === undefined || consented.has(recreates));
    return isAgreed && !changes.some((change) => isSame(change, refused)) ? changes : null;
  } catch {
    // The refusal is what is told; that the environment cannot be read any more adds nothing to it.
    return null;
  }
}

function isSame(one: Change, other: Change): boolean {
  return one.action === other.action && one.component === other.component && one.name === other.name;
}
