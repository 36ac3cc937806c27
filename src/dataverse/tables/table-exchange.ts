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

/** On whose behalf tables are read and written, what ends it, and how long it may take. */
export interface TableCaller extends CallOptions {
  readonly applicationUser: string;
  readonly patience: Patience;
  /** What this user was told to wait, where others ask for it too. */
  readonly throttle?: Throttle;
}

/** A page of 5000 rows with what is expanded below them, or the metadata of a whole organization. */
const MAX_BODY_BYTES = 128 * 1024 * 1024;
/** Metadata may be half a minute old otherwise, which after a write means the time before it. */
const HEADERS = { Consistency: 'Strong' };

/** The pipeline of requests to tables: repeated here, for there is no outbox behind them. */
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
      // Outside of the repeats: Dataverse's support then sees that they are one.
      correlate,
      repeatPatiently(caller.patience, caller.throttle ?? new Throttle(connection.clock)),
      limitTime(connection.options.timeoutMs),
      authorize(connection.tokens),
      askLeave,
    ];
    this.send = pipeline(steps, (request) => connection.http.exchange(request));
  }

  /** The answer as it came, or why there is none; `onTry` is told of those before it too. */
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

  /** The whole answer of a request that went well. Rejects with `DataverseRefusedError` or `DataverseUnreachableError`. */
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
