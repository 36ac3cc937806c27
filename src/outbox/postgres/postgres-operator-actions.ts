import type { EventFilter } from '../event-query.js';
import {
  type ActionBy,
  type ActionResult,
  OperatorActions,
  type ReplayOptions,
  type ReplayStep,
  type ReplayStepResult,
} from '../operator-actions.js';
import type { Database } from './database.js';
import type { Hints } from './hints.js';
import { cancel } from './operations/cancel.js';
import { countReplayable } from './operations/count-replayable.js';
import { erase } from './operations/erase.js';
import { replay } from './operations/replay.js';
import { replayStep } from './operations/replay-step.js';

/** What operators do to events, on PostgreSQL. */
export class PostgresOperatorActions extends OperatorActions {
  constructor(
    private readonly database: Database,
    private readonly hints: Hints,
  ) {
    super();
  }

  override replay(id: string, options: ReplayOptions): Promise<ActionResult> {
    return this.telling(this.database.transact((session) => replay(session, { id, ...options })));
  }

  override cancel(id: string, by: ActionBy): Promise<ActionResult> {
    return this.telling(this.database.transact((session) => cancel(session, { id, ...by })));
  }

  override erase(id: string, by: ActionBy): Promise<ActionResult> {
    return this.database.transact((session) => erase(session, { id, ...by }));
  }

  override replayStep(step: ReplayStep): Promise<ReplayStepResult> {
    return this.telling(this.database.transact((session) => replayStep(session, step)));
  }

  /** In steps, so that no transaction takes long. */
  override async countReplayable(filter: EventFilter, force: boolean, after: number): Promise<number> {
    let count = 0;
    for (let next: number | null = after; next !== null; ) {
      const from: number = next;
      const step = await this.database.transact((session) => countReplayable(session, { filter, force, after: from }));
      count += step.count;
      next = step.next;
    }
    return count;
  }

  /** Replayed events, and those that waited behind a cancelled one, are due now. */
  private async telling<T>(deed: Promise<T>): Promise<T> {
    const result = await deed;
    this.hints.tell('events');
    return result;
  }
}
