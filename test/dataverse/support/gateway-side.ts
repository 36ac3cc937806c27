import { canonicalJson } from '../../../src/contract/canonical-json.js';
import type { EventCatalog } from '../../../src/contract/event-catalog.js';
import { loadEventCatalog } from '../../../src/contract/load-event-catalog.js';
import { DataverseConnection } from '../../../src/dataverse/dataverse-connection.js';
import { DataverseDestination } from '../../../src/dataverse/dataverse-destination.js';
import type { DataverseOptions } from '../../../src/dataverse/dataverse-options.js';
import type { CallOptions } from '../../../src/delivery/destination.js';
import { Clock, type EpochMs } from '../../../src/kernel/clock.js';
import { newEventId } from '../../../src/kernel/ids.js';
import type { ClaimedEvent } from '../../../src/outbox/outbox.js';

export const PREFIX = 'contoso';
export const USER = '11111111-1111-4111-8111-111111111111';

/** A signal that never fires. */
export const forever = new AbortController().signal;

/** A call that nothing ends. */
export const always: CallOptions = { signal: forever, mayStillSend: () => true };

/** Real time, moved ahead at will. */
export class ShiftedClock extends Clock {
  aheadMs = 0;

  override now(): EpochMs {
    return Date.now() + this.aheadMs;
  }
}

export function loadEvents(): Promise<EventCatalog> {
  return loadEventCatalog(new URL('../../../src/events/', import.meta.url), PREFIX);
}

export function optionsFor(
  cloud: { readonly url: string },
  ca: string,
  changes: Partial<DataverseOptions> = {},
): DataverseOptions {
  return {
    url: cloud.url,
    apiVersion: 'v9.2',
    publisherPrefix: PREFIX,
    // For tests that are not about it: a busy machine takes its time for a token, a handshake and a call.
    timeoutMs: 60_000,
    tenantId: 'tenant',
    authorityHost: cloud.url,
    applicationUsers: [{ clientId: USER, credential: { kind: 'secret', clientSecret: 'kept-to-ourselves' } }],
    ca,
    ...changes,
  };
}

export async function destinationFor(
  options: DataverseOptions,
  clock: Clock = new ShiftedClock(),
): Promise<DataverseDestination> {
  return new DataverseDestination(new DataverseConnection(options, clock), await loadEvents());
}

/** The example of an event type, accepted and claimed. */
export async function claimed(type: string, changes: Partial<ClaimedEvent> = {}): Promise<ClaimedEvent> {
  const definition = (await loadEvents()).find(type);
  return {
    id: newEventId(),
    type,
    version: 1,
    client: 'till',
    source: 'store-017',
    data: canonicalJson(definition?.example ?? {}),
    traceparent: null,
    acceptedAt: 0,
    ageStartsAt: 0,
    leaseToken: 'lease',
    leaseUntil: 0,
    counts: { attempts: 0, uncertain: 0, conflicted: 0, lostLeases: 0, gateClosings: 0 },
    ...changes,
  };
}
