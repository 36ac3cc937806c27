import { hash } from 'node:crypto';
import { canonicalJson } from '../contract/canonical-json.js';
import type { EventDefinition } from '../contract/event-definition.js';
import { assertNever } from '../kernel/assert-never.js';
import type { NewEvent } from '../outbox/event-record.js';
import type { EventIdentity } from './event-identity.js';

/** A valid event with the facts of its request. */
export interface Submission {
  readonly definition: EventDefinition;
  /** The content, valid by the definition. */
  readonly content: Readonly<Record<string, unknown>>;
  /** The client's name. */
  readonly client: string;
  readonly identity: EventIdentity;
  readonly traceparent: string;
}

/** Puts a valid event into its envelope; the result is stored as it is and never changes. */
export function seal(submission: Submission, id: string): NewEvent {
  const { definition, content, client, traceparent } = submission;
  const data = canonicalJson(content);
  return {
    id,
    type: definition.type,
    version: definition.version,
    client,
    source: sourceOf(submission),
    keyKind: submission.identity.kind,
    key: keyOf(submission),
    fingerprint: hash('sha256', data, 'base64url'),
    orderingKey: textOf(content, definition.orderingKey),
    data,
    traceparent,
  };
}

function sourceOf({ identity, content, definition, client }: Submission): string {
  return identity.kind === 'cloudevents' ? identity.source : (textOf(content, definition.source) ?? client);
}

function keyOf(submission: Submission): string {
  const { identity } = submission;
  switch (identity.kind) {
    case 'business':
      return businessKeyOf(submission);
    case 'header':
      return identity.key;
    case 'cloudevents':
      // Unambiguous: a URI reference contains no space.
      return `${identity.source} ${identity.id}`;
    default:
      return assertNever(identity);
  }
}

function businessKeyOf({ definition, content }: Submission): string {
  const key = textOf(content, definition.key);
  if (key === null) throw new Error(`${definition.type}: a valid event without its key ${definition.key}`);
  return key;
}

/** The catalog's loader checked that key, source and ordering key are required texts. */
function textOf(content: Readonly<Record<string, unknown>>, field: string | null): string | null {
  const value = field === null ? undefined : content[field];
  return typeof value === 'string' ? value : null;
}
