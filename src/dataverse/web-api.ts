import type { Answer } from './answer.js';
import type { HttpClient } from './http/http-client.js';
import { pipeline, type Send } from './pipeline.js';
import { addODataHeaders } from './steps/add-odata-headers.js';
import { authorize } from './steps/authorize.js';
import { correlate } from './steps/correlate.js';
import { limitTime } from './steps/limit-time.js';
import type { ApplicationUserToken } from './token/application-user-token.js';

export interface WebApiOptions {
  /** Origin of the environment, `https://org.crm.dynamics.com`. */
  readonly origin: string;
  /** Such as `v9.2`. */
  readonly apiVersion: string;
  readonly timeoutMs: number;
}

/** On whose behalf a call is made, and what ends it. */
export interface Caller {
  readonly applicationUser: string;
  readonly traceparent: string | null;
  readonly signal: AbortSignal;
}

export interface Invocation {
  /** Unique name of an unbound custom API; case-sensitive. */
  readonly customApi: string;
  /** JSON text of its parameters. */
  readonly parameters: string;
  /** Travels beside the parameters as the shared variable `tag`, immutable, for plug-ins and webhooks. */
  readonly tag: string;
}

/** The Dataverse Web API: what every call passes through, and the calls there are. */
export class WebApi {
  private readonly base: string;
  private readonly send: Send;

  constructor(options: WebApiOptions, http: HttpClient, tokens: ReadonlyMap<string, ApplicationUserToken>) {
    this.base = `${options.origin}/api/data/${options.apiVersion}`;
    this.send = pipeline([limitTime(options.timeoutMs), addODataHeaders, correlate, authorize(tokens)], (request) =>
      http.exchange(request),
    );
  }

  /** Calls a custom API once. */
  invoke({ customApi, parameters, tag }: Invocation, caller: Caller): Promise<Answer> {
    const url = `${this.base}/${customApi}?tag=${encodeURIComponent(tag)}`;
    return this.send({ ...caller, method: 'POST', url, headers: {}, body: parameters });
  }

  /** Asks who the application user is: the cheapest call that proves token, user and environment. */
  whoAmI(caller: Caller): Promise<Answer> {
    return this.send({ ...caller, method: 'GET', url: `${this.base}/WhoAmI`, headers: {}, body: null });
  }
}
