import { chunks } from './chunks.js';
import { EVENT_PATHS, type EventContents } from './generated/event-types.js';
import type { components, operations } from './generated/openapi.js';
import { InterruptedBatchError } from './interrupted-batch.error.js';
import type { ItemResult } from './item-result.js';
import { publishChunk } from './publish-chunk.js';
import type { Patience, Timing } from './repeat.js';
import { systemTiming } from './system-timing.js';
import { type CallOptions, type CallRequest, Transport } from './transport.js';

type Schemas = components['schemas'];
type Query<O extends keyof operations> = NonNullable<operations[O]['parameters']['query']>;

export type EventType = keyof EventContents;

/** What an event was accepted with, and whether it was known before. */
export type Publication = Schemas['Receipt'] & { readonly repeated: boolean };

export interface ClientOptions extends Partial<Patience> {
  /** Where the gateway is, such as `https://events.example.com`. */
  readonly baseUrl: string;
  /** An API key, or whatever gives an OIDC access token; asked before each attempt. */
  readonly credential: string | (() => string | Promise<string>);
  /** In place of the runtime's own, for proxies and agents. */
  readonly fetch?: typeof fetch;
}

export interface PublishOptions extends CallOptions {
  /** Identifies the event in place of its business key. Yours to make and to keep: the client invents none. */
  readonly idempotencyKey?: string;
}

export interface GetEventOptions extends CallOptions {
  /** Adds the event's content. */
  readonly include?: 'data';
  /** Has the gateway answer once the event has ended, or after so long (30 at most); it does not wait for `confirmedAt`. */
  readonly waitSeconds?: number;
}

const PATIENCE: Patience = {
  deadlineMs: 120_000,
  attemptTimeoutMs: 30_000,
  firstPauseMs: 250,
  longestPauseMs: 10_000,
};

/**
 * The gateway, from a sender's side. Every call is repeated until it is answered with more than "not now", or its deadline
 * would pass; since events are known by their keys, nothing is stored twice. Throws `ProblemError` and `NoAnswerError`.
 */
export class GatewayClient {
  private readonly transport: Transport;

  constructor({ baseUrl, credential, fetch: ownFetch, ...patience }: ClientOptions, timing: Timing = systemTiming) {
    this.transport = new Transport({
      baseUrl: baseUrl.replace(/\/+$/, ''),
      credential,
      patience: { ...PATIENCE, ...patience },
      timing,
      fetch: ownFetch ?? fetch,
    });
  }

  /** Publishes one event; durable when it resolves. */
  async publish<T extends EventType>(
    type: T,
    event: EventContents[T],
    { idempotencyKey, ...options }: PublishOptions = {},
  ): Promise<Publication> {
    const { headers, body } = await this.transport.call({
      ...options,
      method: 'POST',
      path: EVENT_PATHS[type],
      body: JSON.stringify(event),
      ...(idempotencyKey === undefined ? {} : { headers: { 'Idempotency-Key': idempotencyKey } }),
    });
    return { ...(body as Schemas['Receipt']), repeated: headers.get('idempotency-replayed') === 'true' };
  }

  /**
   * Publishes any number of events, many in a request, and resolves with a result for each in order. The deadline is each
   * request's. Throws an `InterruptedBatchError` with the results so far where a request fails as a whole.
   */
  async publishBatch<T extends EventType>(
    type: T,
    events: Iterable<EventContents[T]>,
    options: CallOptions = {},
  ): Promise<readonly ItemResult<Schemas['Receipt']>[]> {
    const results: ItemResult<Schemas['Receipt']>[] = [];
    try {
      for await (const result of this.publishStream(type, events, options)) results.push(result);
    } catch (error) {
      throw new InterruptedBatchError(results, error);
    }
    return results;
  }

  /** The same for events that come one by one, from a file or a queue: results come as they do, memory stays bounded. */
  async *publishStream<T extends EventType>(
    type: T,
    events: Iterable<EventContents[T]> | AsyncIterable<EventContents[T]>,
    options: CallOptions = {},
  ): AsyncGenerator<ItemResult<Schemas['Receipt']>> {
    for await (const chunk of chunks(events)) {
      const results = await publishChunk(this.transport, { path: EVENT_PATHS[type], events: chunk }, options);
      yield* results as readonly ItemResult<Schemas['Receipt']>[];
    }
  }

  /** What became of an event. `confirmedAt` says that Dataverse raised it to its subscribers; `overdue` that it should have said so by now. */
  getEvent(id: string, { include, waitSeconds, ...options }: GetEventOptions = {}): Promise<Schemas['Event']> {
    const path = `/v1/events/${encodeURIComponent(id)}${queryOf({ include })}`;
    const wait =
      waitSeconds === undefined
        ? {}
        : { headers: { Prefer: `wait=${Math.round(waitSeconds)}` }, waitMs: waitSeconds * 1_000 };
    return this.read({ ...options, ...wait, method: 'GET', path });
  }

  /** The timeline of an event: every attempt to deliver it, and every receipt for it from Dataverse, each oldest first. */
  getEventAttempts(id: string, options: CallOptions = {}): Promise<Schemas['AttemptList']> {
    return this.read({ ...options, method: 'GET', path: `/v1/events/${encodeURIComponent(id)}/attempts` });
  }

  /** One page of events; `next` is the `cursor` of the one after it. `overdue` lists those without a receipt in time. */
  listEvents(query: Query<'listEvents'> = {}, options: CallOptions = {}): Promise<Schemas['EventPage']> {
    return this.read({ ...options, method: 'GET', path: `/v1/events${queryOf(query)}` });
  }

  /** How many events were accepted, and what became of them, by day, client, source and type. */
  summarizeEvents(query: Query<'summarizeEvents'> = {}, options: CallOptions = {}): Promise<Schemas['EventSummary']> {
    return this.read({ ...options, method: 'GET', path: `/v1/events/summary${queryOf(query)}` });
  }

  /** Every event type, with its JSON Schema and an example. */
  listEventTypes(options: CallOptions = {}): Promise<Schemas['EventTypeList']> {
    return this.read({ ...options, method: 'GET', path: '/v1/event-types' });
  }

  private async read<T>(request: CallRequest): Promise<T> {
    return (await this.transport.call(request)).body as T;
  }
}

function queryOf(query: object): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) given.set(name, String(value));
  }
  return given.size === 0 ? '' : `?${given}`;
}
