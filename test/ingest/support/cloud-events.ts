import { CloudEvent, HTTP } from 'cloudevents';
import type { EventDefinition } from '../../../src/contract/event-definition.js';
import type { Answer, Caller } from './caller.js';
import type { IngestApp } from './ingest-app.js';

export const CLOUD_EVENTS_PATH = '/v1/events';
export const STRUCTURED = 'application/cloudevents+json';
const BATCHED = 'application/cloudevents-batch+json';

/** A CloudEvent in the JSON format, or anything that a test sends in its place. */
export type Members = Readonly<Record<string, unknown>>;

/** A purchase as CloudEvent; each with an id of its own, so that none is a repeat. */
export function purchaseEvent(app: IngestApp, changes: Members = {}): Members {
  return {
    specversion: '1.0',
    id: `event-${++made}`,
    source: 'https://pos.contoso.com/stores/017',
    type: 'com.contoso.CustomerPurchase',
    time: '2026-11-22T10:00:00Z',
    datacontenttype: 'application/json',
    data: { ...definitionOf(app, 'CustomerPurchase').example },
    ...changes,
  };
}

let made = 0;

export function definitionOf(app: IngestApp, type: string): EventDefinition {
  const definition = app.catalog.find(type);
  if (definition === null) throw new Error(`there is no ${type}`);
  return definition;
}

/** Sends an event in structured mode, or any text as it is. */
export function sendStructured(caller: Caller, event: Members | string, headers: Record<string, string> = {}) {
  return caller.post(CLOUD_EVENTS_PATH, event, { 'Content-Type': STRUCTURED, ...headers });
}

export function sendBatch(caller: Caller, events: readonly unknown[] | string): Promise<Answer> {
  return caller.post(CLOUD_EVENTS_PATH, events, { 'Content-Type': BATCHED });
}

/** Sends an event in binary mode, by hand: attributes as headers, encoded as the binding says. */
export function sendBinary(caller: Caller, { data, datacontenttype, ...attributes }: Members): Promise<Answer> {
  const headers = Object.entries(attributes).map(([name, value]) => [`ce-${name}`, encodeHeader(String(value))]);
  const type = typeof datacontenttype === 'string' ? { 'Content-Type': datacontenttype } : {};
  return caller.post(CLOUD_EVENTS_PATH, data, { ...type, ...Object.fromEntries(headers) });
}

/** Sends an event as the SDK of CloudEvents makes it. */
export function sendBySdk(caller: Caller, mode: 'structured' | 'binary', event: Members): Promise<Answer> {
  const { headers, body } = HTTP[mode](new CloudEvent(event));
  return caller.call('POST', CLOUD_EVENTS_PATH, headers as Record<string, string>, body as string);
}

/** Whatever the binding wants encoded: blanks, quotes, percent signs, and all beyond ASCII. */
function encodeHeader(value: string): string {
  return value.replace(/[^\x21\x23\x24\x26-\x7e]/gu, encodeURIComponent);
}

/** What is stored under a receipt's id. */
export async function storedAs(app: IngestApp, { body }: Answer) {
  const event = await app.store.outbox.find(`${body.id}`);
  if (event === null) throw new Error(`nothing is stored for ${JSON.stringify(body)}`);
  return event;
}

export async function storedCount(app: IngestApp): Promise<number> {
  return (await app.store.outbox.measure()).counts.reduce((sum, { count }) => sum + count, 0);
}
