import type { CallOptions } from '../delivery/destination.js';
import type { Answer, NotSent } from './answer.js';
import { type BatchOperation, writeBatch } from './batch/write-batch.js';
import type { DataverseConnection } from './dataverse-connection.js';
import { pipeline, type Send } from './pipeline.js';
import { addODataHeaders, JSON_CONTENT } from './steps/add-odata-headers.js';
import { askLeave } from './steps/ask-leave.js';
import { authorize } from './steps/authorize.js';
import { correlate } from './steps/correlate.js';
import { limitTime } from './steps/limit-time.js';
import { childSpan } from './trace-context.js';

/** Which user makes a call, and what ends it. */
export interface Caller extends CallOptions {
  readonly applicationUser: string;
}

export interface Invocation {
  /** Unique name of an unbound custom API; case-sensitive. */
  readonly customApi: string;
  /** JSON text of its parameters. */
  readonly parameters: string;
  /** Sent beside the parameters as the shared variable `tag`, immutable, for plug-ins and webhooks. */
  readonly tag: string;
  /** W3C trace context of the request that brought the event, or null. */
  readonly traceparent: string | null;
}

/** How much of a batch's answer is read: as much as of a single answer, and room for each part's error document. */
const BATCH_ANSWER_BYTES = 1024 * 1024;
const PART_ANSWER_BYTES = 128 * 1024;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** The Dataverse Web API: the pipeline that every call passes through, and the calls. */
export class WebApi {
  private readonly root: string;
  private readonly origin: string;
  private readonly send: Send;

  constructor({ origin, root, options, tokens, http }: DataverseConnection) {
    this.root = root;
    this.origin = origin;
    const steps = [limitTime(options.timeoutMs), addODataHeaders, correlate, authorize(tokens), askLeave];
    this.send = pipeline(steps, (request) => http.exchange(request));
  }

  /** Calls a custom API once. */
  invoke(invocation: Invocation, caller: Caller): Promise<Answer | NotSent> {
    const { parameters, traceparent } = invocation;
    const url = this.origin + this.pathOf(invocation);
    return this.send({ ...caller, method: 'POST', url, headers: {}, body: parameters, traceparent });
  }

  /**
   * Calls custom APIs in one request, one after the other; each runs even if one before it failed. The parts continue
   * the traces of their events; the request around them belongs to none.
   */
  invokeBatch(invocations: readonly Invocation[], caller: Caller): Promise<Answer | NotSent> {
    const { contentType, body } = writeBatch(invocations.map((invocation) => this.operationOf(invocation)));
    const url = `${this.origin}${this.root}/$batch`;
    const headers = { 'Content-Type': contentType, Prefer: 'odata.continue-on-error' };
    const maxBodyBytes = Math.min(BATCH_ANSWER_BYTES + invocations.length * PART_ANSWER_BYTES, MAX_ANSWER_BYTES);
    return this.send({ ...caller, method: 'POST', url, headers, body, traceparent: null, maxBodyBytes });
  }

  /** Asks who the application user is: the cheapest call that proves token, user and environment. */
  whoAmI(caller: Caller): Promise<Answer | NotSent> {
    const url = `${this.origin}${this.root}/WhoAmI`;
    return this.send({ ...caller, method: 'GET', url, headers: {}, body: null, traceparent: null });
  }

  private operationOf(invocation: Invocation): BatchOperation {
    const headers = { 'Content-Type': JSON_CONTENT, ...childSpan(invocation.traceparent) };
    return { path: this.pathOf(invocation), headers, body: invocation.parameters };
  }

  private pathOf({ customApi, tag }: Invocation): string {
    return `${this.root}/${customApi}?tag=${encodeURIComponent(tag)}`;
  }
}
