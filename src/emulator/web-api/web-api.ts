import { randomUUID } from 'node:crypto';
import { type EpochMs, toRfc3339 } from '../../kernel/clock.js';
import { befall, momentOf } from '../faults/befall.js';
import type { Fault } from '../faults/fault.js';
import { throttleError } from '../limits/service-protection-limits.js';
import type { Admission, UserLimits } from '../limits/user-limits.js';
import type { Organization } from '../organization.js';
import type { Answer, Ending } from '../server/answer.js';
import type { Caller } from './access/caller.js';
import { UserAccesses } from './access/user-access.js';
import type { ApiOperation, ApiWork } from './api-operation.js';
import { authenticate } from './authenticate.js';
import { batchAnswer } from './batch/batch-answer.js';
import { Batches, countOperations } from './batch/batches.js';
import { faultAnswer } from './fault-answer.js';
import { errorAnswer } from './odata-answer.js';
import { Operations } from './operations.js';
import { type RequestTarget, targetOf } from './request-target.js';

/** A request to the Web API. */
export interface ApiRequest extends ApiOperation {
  /** Scheme, host and port as the client knows them. */
  readonly origin: string;
  /** The connection it came on. */
  readonly connection: object;
  /** Resolves when the client has closed its connection. */
  readonly gone: () => Promise<void>;
}

/** What is known about an exchange while it lasts. */
interface Exchange {
  readonly request: ApiRequest;
  readonly target: RequestTarget;
  readonly at: EpochMs;
  readonly webServer: number;
  clientId: string | null;
  duringRetryAfter: boolean;
  fault: Fault | null;
  work: ApiWork | null;
  limits: UserLimits | null;
}

/** The steps of every request: its caller, the limits, a fault if one matches, then the work itself. */
export class WebApi {
  readonly #operations: Operations;
  readonly #batches: Batches;
  readonly #accesses: UserAccesses;

  constructor(private readonly organization: Organization) {
    this.#operations = new Operations(organization);
    this.#batches = new Batches(organization, this.#operations);
    this.#accesses = new UserAccesses(organization.tables);
  }

  async handle(request: ApiRequest): Promise<Ending> {
    const { webServers, clock } = this.organization;
    const webServer = webServers.choose(request.header('cookie'), request.connection);
    const at = clock.now();
    const exchange = {
      request,
      target: targetOf(request.segment, this.organization),
      at,
      webServer,
      clientId: null,
      duringRetryAfter: false,
      fault: null,
      work: null,
      limits: null,
    };
    return this.#finish(exchange, await this.#judge(exchange));
  }

  async #judge(exchange: Exchange): Promise<Ending> {
    const { request, at, webServer } = exchange;
    const { protection, watch } = this.organization;
    const caller = authenticate(request, this.organization, this.#accesses);
    exchange.clientId = caller.kind === 'known' ? caller.user.clientId : caller.clientId;
    if (caller.kind === 'refused') return { kind: 'answer', answer: caller.answer };
    exchange.duringRetryAfter = watch.arrived(caller.user.clientId, at);
    exchange.limits = protection.of(caller.user.clientId, webServer);
    const admission = exchange.limits.admit(at);
    if (admission.kind === 'refused') {
      watch.told(caller.user.clientId, admission.retryAfterSeconds, at);
      return { kind: 'answer', answer: this.#throttled(admission, exchange.limits, request) };
    }
    return this.#admitted(exchange, exchange.limits, caller.user);
  }

  /** Runs an admitted request; its time counts however it ends. */
  async #admitted(exchange: Exchange, limits: UserLimits, user: Caller): Promise<Ending> {
    const { request, webServer, at } = exchange;
    const { clock } = this.organization;
    const batchId = request.segment === '$batch' ? randomUUID() : null;
    const work = { user, webServer, origin: request.origin, batchId, simulatedMs: 0, committed: 0 };
    exchange.work = work;
    try {
      return await this.#underFault(exchange, work);
    } finally {
      const now = clock.now();
      limits.release(now, Math.max(now - at, work.simulatedMs));
    }
  }

  async #underFault(exchange: Exchange, work: ApiWork): Promise<Ending> {
    const { request } = exchange;
    const { faults } = this.organization;
    const struck = faults.take({
      ...exchange.target,
      method: request.method,
      clientId: work.user.clientId,
      body: () => request.body.toString('utf8'),
    });
    if (struck === null) return this.#run(request, work);
    const { fault } = struck;
    exchange.fault = fault;
    const substitute = () => faultAnswer(fault, request.origin, this.organization);
    const before = momentOf(fault) === 'before-commit';
    if (before) {
      const ending = await befall(faults, { struck, answer: null, substitute, gone: request.gone });
      if (ending !== null) return ending;
    }
    const ending = await this.#run(request, work);
    if (before || ending.kind !== 'answer') return ending;
    const { answer } = ending;
    return (await befall(faults, { struck, answer, substitute, gone: request.gone })) ?? ending;
  }

  async #run(request: ApiRequest, work: ApiWork): Promise<Ending> {
    return request.segment === '$batch'
      ? this.#batches.execute(request, work)
      : { kind: 'answer', answer: await this.#operations.execute(request, work) };
  }

  #throttled(refusal: Extract<Admission, { kind: 'refused' }>, { limits }: UserLimits, request: ApiRequest): Answer {
    const { points } = this.organization;
    const { facet, retryAfterSeconds } = refusal;
    const { code, message } = throttleError(facet, limits);
    const plain = errorAnswer(429, code, message);
    const answer = { ...plain, headers: { ...plain.headers, 'retry-after': `${retryAfterSeconds}` } };
    const parts = request.segment === '$batch' && points.throttledBatch === 'parts' ? countOperations(request) : 0;
    return parts === 0
      ? answer
      : batchAnswer(
          200,
          Array.from({ length: parts }, () => answer),
        );
  }

  /** Adds the headers of every answer, and writes the line of the log. */
  #finish(exchange: Exchange, ending: Ending): Ending {
    const { requests, watch, clock } = this.organization;
    const { request, target, clientId, webServer, work, fault, duringRetryAfter } = exchange;
    const answer = 'answer' in ending ? ending.answer : null;
    const retryAfter = answer?.headers['retry-after'];
    if (retryAfter !== undefined && clientId !== null) {
      const now = clock.now();
      watch.told(clientId, secondsOf(retryAfter, now), now);
    }
    requests.add({
      at: toRfc3339(exchange.at),
      method: request.method,
      url: request.uri,
      status: answer?.status ?? null,
      errorCode: answer?.errorCode ?? null,
      applicationUser: clientId,
      customApi: target.customApi,
      table: target.table,
      batchId: work?.batchId ?? null,
      webServer,
      fault: fault?.kind ?? null,
      committed: work?.committed ?? 0,
      duringRetryAfter,
    });
    if (!('answer' in ending)) return ending;
    return {
      ...ending,
      answer: { ...ending.answer, headers: { ...this.#headers(exchange), ...ending.answer.headers } },
    };
  }

  #headers({ limits, webServer }: Exchange): Record<string, string> {
    const { protection, settings, webServers, clock } = this.organization;
    const { dopHint } = settings;
    return {
      'odata-version': '4.0',
      'x-ms-service-request-id': `${randomUUID()},${randomUUID()}`,
      'set-cookie': webServers.cookie(webServer),
      ...(dopHint === null ? {} : { 'x-ms-dop-hint': `${dopHint}` }),
      ...(limits === null ? {} : protection.headers(limits, clock.now())),
    };
  }
}

/** Retry-After in seconds, given as a number, or as a date that a fault was ordered with. */
function secondsOf(retryAfter: string, now: EpochMs): number {
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter);
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? 0 : Math.max(0, (date - now) / 1000);
}
