import { randomUUID } from 'node:crypto';
import { toRfc3339 } from '../../kernel/clock.js';
import type { PlatformRows } from '../tables/platform-rows.js';
import type { Row } from '../tables/table-definition.js';
import type { ContextUser } from './context/remote-execution-context.js';
import { type RaisedMessage, remoteExecutionContext } from './context/remote-execution-context.js';
import type { PostFailure } from './endpoint-post.js';
import type { RegisteredStep } from './registered-steps.js';
import { unexpectedFailure } from './unexpected-failure.js';

/** How many completed jobs are kept; older ones are removed, as an administrator's bulk deletion would. */
const KEPT_JOBS = 1000;

const SYSTEM_EVENT = 1;
/** `statecode` with `statuscode`. */
const WAITING = { statecode: 1, statuscode: 10 } as const;
const IN_PROGRESS = { statecode: 2, statuscode: 20 } as const;
const SUCCEEDED = { statecode: 3, statuscode: 30 } as const;
const FAILED = { statecode: 3, statuscode: 31 } as const;
const COMPLETED = 3;

type Cells = Readonly<Record<string, string | number | null>>;

/** The rows of `asyncoperations` that the asynchronous service makes: one per step and call. */
export class SystemJobs {
  readonly #completed: string[] = [];

  constructor(private readonly rows: PlatformRows) {
    const completed = rows.all().filter(({ statecode, data }) => statecode === COMPLETED && data !== null);
    for (const { asyncoperationid, data } of completed) {
      if (data === '') this.#completed.push(`${asyncoperationid}`);
      else this.#keep(`${asyncoperationid}`, {});
    }
  }

  /**
   * Makes a job that is ready to run: its row contains all that running it takes. Null where the message cannot be
   * written: that job has failed at once, for the call was committed.
   */
  make(message: RaisedMessage, step: RegisteredStep, user: ContextUser): Row | null {
    const id = randomUUID();
    const createdOn = this.rows.now();
    const context = orError(() => remoteExecutionContext(message, { id, stepId: step.id, user, createdOn }));
    const cells = {
      asyncoperationid: id,
      name: step.name,
      operationtype: SYSTEM_EVENT,
      messagename: message.name,
      primaryentitytype: message.primaryEntityName,
      correlationid: message.correlationId,
      requestid: message.requestId,
      owningextensionid: step.id,
      ownerid: user.id,
      data: context instanceof Error ? '' : context,
    };
    const job = this.rows.add(cells, message.initiatingUser.id);
    if (!(context instanceof Error)) return job;
    this.fail(id, unexpectedFailure(context));
    return null;
  }

  /** Those that a former process left, oldest first. */
  unfinished(): readonly Row[] {
    return this.rows.all().filter(({ statecode, data }) => statecode !== COMPLETED && data !== null);
  }

  /** The job, now under way; null where it must not run any more: deleted, or canceled by hand. */
  begin(id: string): Row | null {
    if (!this.#isOpen(id)) return null;
    this.rows.change(id, { ...IN_PROGRESS, startedon: this.rows.now(), postponeuntil: null });
    return this.rows.find(id);
  }

  succeed(id: string, isDeleted: boolean): void {
    if (isDeleted && this.#isOpen(id)) this.rows.remove(id);
    else this.#complete(id, { ...SUCCEEDED, message: null, friendlymessage: null, errorcode: 0 });
  }

  fail(id: string, failure: PostFailure): void {
    this.#complete(id, { ...FAILED, ...told(failure) });
  }

  /** Sets the next try, after this many; false where there is none, for the job was deleted or canceled meanwhile. */
  postpone(
    id: string,
    failure: PostFailure,
    { tries, until }: { readonly tries: number; readonly until: number },
  ): boolean {
    const cells = { ...WAITING, ...told(failure), retrycount: tries, postponeuntil: toRfc3339(until) };
    if (!this.#isOpen(id)) return false;
    this.rows.change(id, cells);
    return true;
  }

  #complete(id: string, cells: Cells): void {
    if (this.#isOpen(id)) this.#keep(id, { ...cells, completedon: this.rows.now(), postponeuntil: null });
  }

  /** Whether it was neither deleted nor canceled by hand; a canceled one loses its content. */
  #isOpen(id: string): boolean {
    const row = this.rows.find(id);
    if (row?.statecode !== COMPLETED) return row !== null;
    if (row.data !== '') this.#keep(id, {});
    return false;
  }

  /** Now completed, without its content; only the newest completed jobs are kept. */
  #keep(id: string, cells: Cells): void {
    this.rows.change(id, { ...cells, data: '' });
    this.#completed.push(id);
    if (this.#completed.length <= KEPT_JOBS) return;
    for (const old of this.#completed.splice(0, this.#completed.length - KEPT_JOBS)) this.rows.remove(old);
  }
}

function orError(encode: () => string): string | Error {
  try {
    return encode();
  } catch (error) {
    return error as Error;
  }
}

/** Codes are kept as signed 32-bit numbers. */
function told({ code, message, detail }: PostFailure): Readonly<Record<string, string | number>> {
  return { errorcode: Number(code) | 0, friendlymessage: message, message: [message, detail].join('\n').trim() };
}
