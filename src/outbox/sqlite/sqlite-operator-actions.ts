import type { EventFilter } from '../event-query.js';
import {
  type ActionBy,
  type ActionResult,
  OperatorActions,
  type ReplayOptions,
  type ReplayStep,
  type ReplayStepResult,
} from '../operator-actions.js';
import type { Writer } from './writer.js';

/** What operators do to events, on SQLite. */
export class SqliteOperatorActions extends OperatorActions {
  constructor(private readonly writer: Writer) {
    super();
  }

  override replay(id: string, options: ReplayOptions): Promise<ActionResult> {
    return this.writer.call('replay', { id, ...options });
  }

  override cancel(id: string, by: ActionBy): Promise<ActionResult> {
    return this.writer.call('cancel', { id, ...by });
  }

  override erase(id: string, by: ActionBy): Promise<ActionResult> {
    return this.writer.call('erase', { id, ...by });
  }

  override replayStep(step: ReplayStep): Promise<ReplayStepResult> {
    return this.writer.call('replayStep', step);
  }

  /** In steps: all other calls get their turn in between. */
  override async countReplayable(filter: EventFilter, force: boolean, after: number): Promise<number> {
    let count = 0;
    for (let next: number | null = after; next !== null; ) {
      const step: { readonly count: number; readonly next: number | null } = await this.writer.call('countReplayable', {
        filter,
        force,
        after: next,
      });
      count += step.count;
      next = step.next;
    }
    return count;
  }
}
