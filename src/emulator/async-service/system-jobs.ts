import { randomUUID } from 'node:crypto';
import { toRfc3339 } from '../../kernel/clock.js';
import type { PlatformRows } from '../tables/platform-rows.js';
import type { Row } from '../tables/table-definition.js';
import type { ContextUser } from './context/remote-execution-context.js';
import { type RaisedMessage, remoteExecutionContext } from './context/remote-execution-context.js';
import type { PostFailure } from './endpoint-post.js';
import type { RegisteredStep } from './registered-steps.js';

/** How many completed jobs are kept; older ones are removed, as an administrator's bulk deletion would. */
const KEPT_JOBS = 1000;

const SYSTEM_EVENT = 1;
/** `statecode` with `statuscode`. */
const WAITING = { statecode: 1, statuscode: 10 } as const;
const IN_PROGRESS = { statecode: 2, statuscode: 20 } as const;
const SUCCEEDED = { statecode: 3, statuscode: 30 } as const;
const FAILED = { statecode: 3, statuscode: 31 } as const;
const COMPLETED = 3;

/** The rows of `asyncoperations` that the asynchronous service makes: one per step and call. */
export class SystemJobs {
  readonly #completed: string[] = [];

  constructor(private readonly rows: PlatformRows) {
    for (const { asyncoperationid, statecode, data } of rows.all()) {
      if (statecode === COMPLETED && data !== null) this.#completed.push(`${asyncoperationid}`);
    }
  }

  /** Makes a job that is ready to run. Its row holds all that running it takes. */
  make(message: RaisedMessage, step: RegisteredStep, user: ContextUser): Row {
    const id = randomUUID();
    const createdOn = this.rows.now();
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
      data: remoteExecutionContext(message, { id, stepId: step.id, user, createdOn }),
    };
    return this.rows.add(cells, message.initiatingUser.id);
  }

  /** The job where it is still to be run: not deleted and not canceled by hand. */
  find(id: string): Row | null {
    const row = this.rows.find(id);
    return row === null || row.statecode === COMPLETED ? null : row;
  }

  /** Those that a former process left, oldest first. */
  unfinished(): readonly Row[] {
    return this.rows.all().filter(({ statecode, data }) => statecode !== COMPLETED && data !== null);
  }

  begin(id: string): void {
    this.rows.change(id, { ...IN_PROGRESS, startedon: this.rows.now(), postponeuntil: null });
  }

  succeed(id: string, isDeleted: boolean): void {
    if (isDeleted && this.find(id) !== null) this.rows.remove(id);
    else this.#complete(id, { ...SUCCEEDED, message: null, friendlymessage: null, errorcode: 0 });
  }

  fail(id: string, failure: PostFailure): void {
    this.#complete(id, { ...FAILED, ...told(failure) });
  }

  /** Counts the try, and says when the next one is due. */
  postpone(id: string, failure: PostFailure, until: number): void {
    const retrycount = Number(this.rows.find(id)?.retrycount ?? 0) + 1;
    this.rows.change(id, { ...WAITING, ...told(failure), retrycount, postponeuntil: toRfc3339(until) });
  }

  #complete(id: string, cells: Readonly<Record<string, string | number | null>>): void {
    // Canceled or deleted while it was under way.
    if (this.find(id) === null) return;
    this.rows.change(id, { ...cells, data: '', completedon: this.rows.now(), postponeuntil: null });
    this.#completed.push(id);
    if (this.#completed.length <= KEPT_JOBS) return;
    for (const old of this.#completed.splice(0, this.#completed.length - KEPT_JOBS)) this.rows.remove(old);
  }
}

/** Codes are kept as signed 32-bit numbers. */
function told({ code, message, detail }: PostFailure): Readonly<Record<string, string | number>> {
  return { errorcode: Number(code) | 0, friendlymessage: message, message: [message, detail].join('\n').trim() };
}
