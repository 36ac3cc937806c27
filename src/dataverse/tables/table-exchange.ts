import type { CallOptions } from '../../delivery/destination.js';
import type { Answer, NotSent } from '../answer.js';
import type { DataverseConnection } from '../dataverse-connection.js';
import type { HttpResponse } from '../http/http-exchange.js';
import { pipeline, type Send } from '../pipeline.js';
import type { Patience } from '../repeat/patience.js';
import { Throttle } from '../repeat/throttle.js';
import { addODataHeaders } from '../steps/add-odata-headers.js';
import { askLeave } from '../steps/ask-leave.js';
import { authorize } from '../steps/authorize.js';
import { correlate } from '../steps/correlate.js';
import { limitTime } from '../steps/limit-time.js';
import { repeatPatiently } from '../steps/repeat-patiently.js';
import { mayHaveRun } from './may-have-run.js';
import type { TableRequest } from './table-request.js';
import { verdictOn } from './verdict-on.js';

/** Which user reads and writes tables, what ends it, and how long it may take. */
export interface TableCaller extends CallOptions {
  readonly applicationUser: string;
  readonly patience: Patience;
  /** The wait this user was told, where it is shared with others. */
  readonly throttle?: Throttle;
}

/** Enough for a page of 5000 rows with everything expanded, or for the metadata of a whole organization. */
const MAX_BODY_BYTES = 128 * 1024 * 1024;
/** Otherwise metadata may be half a minute old, which after a write means from before it. */
const HEADERS = { Consistency: 'Strong' };

/** The pipeline of requests to tables: repeated here, for no outbox repeats them. */
export class TableExchange {
  private readonly send: Send;
  private readonly signal: AbortSignal;

  constructor(
    private readonly connection: DataverseConnection,
    private readonly caller: TableCaller,
  ) {
    this.signal = AbortSignal.any([caller.signal, connection.closed]);
    const steps = [
      addODataHeaders,
      // Outside of the repeats: Dataverse's support then sees that they belong together.
      correlate,
      repeatPatiently(caller.patience, caller.throttle ?? new Throttle(connection.clock)),
      limitTime(connection.options.timeoutMs),
      authorize(connection.tokens),
      askLeave,
    ];
    this.send = pipeline(steps, (request) => connection.http.exchange(request));
  }

  /** The final answer, or why there is none; `onTry` is also told of those before it. */
  ask(
    { method, path, headers = {}, body = '', repeatable }: TableRequest,
    onTry: (answer: Answer | NotSent) => void = () => {},
  ): Promise<Answer | NotSent> {
    const { applicationUser, mayStillSend } = this.caller;
    const { origin, root } = this.connection;
    return this.send({
      method,
      repeatable,
      url: `${origin}${root}/${path}`,
      headers: { ...HEADERS, ...headers },
      body: body === '' ? null : body,
      maxBodyBytes: MAX_BODY_BYTES,
      applicationUser,
      traceparent: null,
      signal: this.signal,
      mayStillSend,
      onTry,
    });
  }

  /** The whole answer of a successful request. Rejects with `DataverseRefusedError` or `DataverseUnreachableError`. */
  async succeed(request: TableRequest): Promise<HttpResponse> {
    let isOpen = false;
    const answer = await this.ask(request, (each) => {
      isOpen ||= mayHaveRun(each);
    });
    const verdict = verdictOn(answer, request, isOpen);
    if (verdict.kind === 'succeeded') return verdict.response;
    throw verdict.error;
  }
}
