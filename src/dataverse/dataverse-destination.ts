import { customApiFor } from '../contract/custom-api.js';
import type { EventCatalog } from '../contract/event-catalog.js';
import type { EventDefinition } from '../contract/event-definition.js';
import { type AttemptReport, Destination, type Outcome } from '../delivery/destination.js';
import type { Clock } from '../kernel/clock.js';
import type { ClaimedEvent } from '../outbox/outbox.js';
import { classify } from './classify.js';
import { applicationUserName, checkDataverseOptions, type DataverseOptions } from './dataverse-options.js';
import { encodeParameters } from './encode-parameters.js';
import { HttpClient } from './http/http-client.js';
import { NotEncodableError } from './not-encodable.error.js';
import { ApplicationUserToken } from './token/application-user-token.js';
import { entraToken } from './token/entra-token.js';
import { WebApi } from './web-api.js';

/** Delivers events as custom API calls: encode, post, classify. Throws `DataverseOptionsError` at construction. */
export class DataverseDestination extends Destination {
  override readonly applicationUsers: readonly string[];
  private readonly customApis: ReadonlyMap<
    string,
    { readonly definition: EventDefinition; readonly uniqueName: string }
  >;
  private readonly http: HttpClient;
  private readonly webApi: WebApi;

  constructor(options: DataverseOptions, catalog: EventCatalog, clock: Clock) {
    super();
    checkDataverseOptions(options);
    this.applicationUsers = options.applicationUsers.map(applicationUserName);
    this.customApis = new Map(
      catalog.definitions.map((definition) => {
        const { uniqueName } = customApiFor(definition, options.publisherPrefix);
        return [definition.type, { definition, uniqueName }];
      }),
    );
    this.http = new HttpClient(options, clock);
    this.webApi = new WebApi(
      { ...options, origin: new URL(options.url).origin },
      this.http,
      this.tokensFor(options, clock),
    );
  }

  override async deliver(event: ClaimedEvent, applicationUser: string, signal: AbortSignal): Promise<AttemptReport> {
    const target = this.customApis.get(event.type);
    if (target === undefined) return unsent('type', 'no event definition of this type is loaded');
    try {
      const parameters = encodeParameters(target.definition, event);
      const invocation = { customApi: target.uniqueName, parameters, tag: event.id };
      return classify(
        await this.webApi.invoke(invocation, { applicationUser, traceparent: event.traceparent, signal }),
      );
    } catch (error) {
      return error instanceof NotEncodableError
        ? unsent('type', `the event cannot be encoded: ${error.message}`)
        : unexpected(error);
    }
  }

  override deliverBatch(
    events: readonly ClaimedEvent[],
    applicationUser: string,
    signal: AbortSignal,
  ): Promise<readonly AttemptReport[]> {
    return Promise.all(events.map((event) => this.deliver(event, applicationUser, signal)));
  }

  override async probe(applicationUser: string, signal: AbortSignal): Promise<AttemptReport> {
    try {
      const report = classify(await this.webApi.whoAmI({ applicationUser, traceparent: null, signal }));
      return { ...report, outcome: ofUser(report.outcome) };
    } catch (error) {
      return unexpected(error);
    }
  }

  /** Lets go of every connection; calls under way fail. Not needed for the process to end. */
  close(): void {
    this.http.close();
  }

  private tokensFor(options: DataverseOptions, clock: Clock): ReadonlyMap<string, ApplicationUserToken> {
    const { tenantId } = options;
    const authorityHost = new URL(options.authorityHost).origin;
    const resource = new URL(options.url).origin;
    return new Map(
      options.applicationUsers.map((user) => {
        const client = { ...user, tenantId, authorityHost, resource };
        return [applicationUserName(user), new ApplicationUserToken(entraToken(client, this.http), clock)];
      }),
    );
  }
}

/** No event type is involved in a probe: whatever stands in the way stands before the application user. */
function ofUser(outcome: Outcome): Outcome {
  return outcome.kind === 'misconfigured' || outcome.kind === 'forbidden' ? { ...outcome, scope: 'user' } : outcome;
}

function unsent(scope: 'type', detail: string): AttemptReport {
  const outcome = { kind: 'misconfigured', scope } as const;
  return { outcome, httpStatus: null, errorCode: null, detail, serviceRequestId: null, hints: null };
}

/** A fault of ours. Counting it as uncertain lets the event be tried again, and end visibly if it stays. */
function unexpected(error: unknown): AttemptReport {
  const errorCode = error instanceof Error ? error.name : 'unknown';
  return {
    outcome: { kind: 'uncertain' },
    httpStatus: null,
    errorCode,
    detail: 'an unexpected error',
    serviceRequestId: null,
    hints: null,
  };
}
