import { instantFrom } from './date-time.js';
import { eventIdOf } from './event-id-of.js';
import { ofKind } from './of-kind.js';
import { type JsonValue, plainValue } from './plain-value.js';
import type { RemoteExecutionContext } from './remote-execution-context.js';
import { uriReference } from './uri-reference.js';
import type { DateTime, Value } from './value.js';

/** Facts that a context lacks, or that should replace the context's. */
export interface CloudEventOptions {
  /** In place of the parameter `EventSource`, else `/organizations/<OrganizationId>`. As a URI reference. */
  readonly source?: string;
  /** In place of the name of the message. */
  readonly type?: string;
  /** In place of `<table>/<id>` of the primary row, where there is one. */
  readonly subject?: string;
  /** The name of a parameter in `data`; by default its name in Dataverse. */
  readonly nameOf?: (parameter: string) => string;
  /** Parameters that are decimals: their whole numbers become texts, too; on the wire they look like integers. */
  readonly decimals?: readonly string[];
}

/** A CloudEvent in its JSON format. Attributes that would be empty are absent. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time?: string;
  readonly subject?: string;
  readonly datacontenttype?: 'application/json';
  /** Absent where Dataverse removed the input parameters for size. */
  readonly data?: { readonly [parameter: string]: JsonValue };
  /** `CorrelationId`: the same for everything that one request caused. */
  readonly correlationid?: string;
  /** `RequestId`. */
  readonly requestid?: string;
  /** `OperationId`: another one each time the event is raised anew, the same when a post is repeated. */
  readonly operationid?: string;
  /** `OwningExtension.Id`: the step that posted it. */
  readonly stepid?: string;
  /** `OrganizationId`. */
  readonly organizationid?: string;
  /** The shared variable `tag`. */
  readonly tag?: string;
}

/**
 * The CloudEvents 1.0 view of an event: `EventId` (else `OperationId`) as id, `EventSource` as source, the name of the
 * message as type, `OccurredAt` (else when the operation was made) as time, the input parameters as data in plain JSON,
 * see `plainValue`. Throws a `TypeError` where the context has no id at all, or nothing that can be source or type: the
 * specification forbids empty ones and control characters.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export function toCloudEvent(context: RemoteExecutionContext, options: CloudEventOptions = {}): CloudEvent {
  const { inputParameters } = context;
  const id = attribute(eventIdOf(context)) ?? attribute(context.operationId);
  if (id === null) throw new TypeError('The context has neither EventId nor OperationId, so it cannot be a CloudEvent');
  return {
    specversion: '1.0',
    id,
    source: uriReference(required('source', options.source ?? sourceOf(context))),
    type: required('type', options.type ?? context.messageName),
    ...given({ time: timeOf(context), subject: options.subject ?? subjectOf(context) }),
    ...(inputParameters === null
      ? {}
      : { datacontenttype: 'application/json', data: dataOf(inputParameters, options) }),
    ...given({
      correlationid: context.correlationId,
      requestid: context.requestId,
      operationid: context.operationId,
      stepid: context.owningExtension?.id ?? null,
      organizationid: context.organizationId,
      tag: context.sharedVariables.get('tag') ?? null,
    }),
  };
}

/** Control characters, lone surrogates, noncharacters. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;

function sourceOf({ inputParameters, organizationId }: RemoteExecutionContext): string {
  const source = attribute(inputParameters?.get('EventSource') ?? null);
  return source ?? `/organizations/${attribute(organizationId) ?? ''}`;
}

function timeOf({ inputParameters, operationCreatedOn }: RemoteExecutionContext): string | null {
  const at = dateOf(inputParameters?.get('OccurredAt')) ?? operationCreatedOn;
  const time = at === null ? '' : new Date(at.epochMs).toISOString();
  // Years of more digits do not exist in RFC 3339.
  return /^[0-9]{4}-/.test(time) ? time : null;
}

function dateOf(value: Value | undefined): DateTime | null {
  if (typeof value === 'string') return instantFrom(value);
  return ofKind(value, 'DateTime');
}

function subjectOf({ primaryEntityName, primaryEntityId }: RemoteExecutionContext): string | null {
  if (primaryEntityName === null || primaryEntityName === 'none' || primaryEntityId === null) return null;
  return `${primaryEntityName}/${primaryEntityId}`;
}

function dataOf(parameters: ReadonlyMap<string, Value>, { nameOf, decimals }: CloudEventOptions) {
  const members = Array.from(parameters, ([name, value]): [string, JsonValue] => {
    const plain = plainValue(value);
    const isText = typeof plain === 'number' && decimals?.includes(name) === true;
    return [nameOf === undefined ? name : nameOf(name), isText ? String(plain) : plain];
  });
  return Object.fromEntries(members);
}

/** The attributes whose texts are allowed. */
function given<T extends string>(attributes: Readonly<Record<T, Value>>): { readonly [P in T]?: string } {
  const texts = Object.entries<Value>(attributes).filter(([, value]) => attribute(value) !== null);
  return Object.fromEntries(texts) as { readonly [P in T]?: string };
}

function required(name: 'source' | 'type', value: string): string {
  const given = attribute(value);
  if (given === null) throw new TypeError(`The ${name} of a CloudEvent must not be empty nor hold control characters`);
  return given;
}

/** Empty texts, and those with characters that the specification forbids, are left out. */
function attribute(value: Value): string | null {
  return typeof value === 'string' && value !== '' && !FORBIDDEN.test(value) ? value : null;
}
