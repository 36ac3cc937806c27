import { ProblemError } from '../../http/problem.error.js';
import type { InputFault } from '../../kernel/input-fault.js';
import type { JsonBody } from '../../kernel/strict-json.js';
import { decodeHeaderValue } from './header-value.js';
import type { ReceivedCloudEvent } from './received-cloud-event.js';

const PREFIX = 'ce-';

/** A client that sends plain JSON here has most likely mistaken this for a typed endpoint. */
const NO_ATTRIBUTES =
  'This is no CloudEvent: it has neither ce- headers nor the media type application/cloudevents+json. An event alone ' +
  'goes to the path of its type, which /v1/event-types lists.';

/** Headers by lower-case name, each with all of its values. */
type HeaderValues = Readonly<Record<string, readonly string[] | undefined>>;

interface AttributeHeader {
  readonly name: string;
  readonly value: string | null;
  readonly fault: InputFault | null;
}

/**
 * Reads a CloudEvent whose attributes are headers and whose content is the body. The body's media type was checked when
 * the body was read, so it is no attribute here. Throws a 400 problem where there is no attribute at all.
 */
export function readBinary(headers: HeaderValues, json: JsonBody): ReceivedCloudEvent {
  const read = Object.entries(headers)
    .filter(([header]) => header.startsWith(PREFIX))
    .map(([header, values = []]) => readHeader(header.slice(PREFIX.length), values));
  if (read.length === 0) throw new ProblemError('invalid-event', NO_ATTRIBUTES);
  return {
    attributes: new Map(read.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const]))),
    data: { kind: 'json', json },
    faults: read.flatMap(({ fault }) => (fault === null ? [] : [fault])),
    isLarge: false,
  };
}

function readHeader(name: string, values: readonly string[]): AttributeHeader {
  if (BESIDE_THE_BODY.has(name)) return refused(name, 'must not be a header: the body and its Content-Type say it');
  const [first = '', ...others] = values;
  if (others.length > 0) return refused(name, 'appears more than once');
  const value = decodeHeaderValue(first);
  return value === null ? refused(name, 'must be percent-encoded UTF-8') : { name, value, fault: null };
}

const BESIDE_THE_BODY: ReadonlySet<string> = new Set(['datacontenttype', 'data', 'data_base64']);

function refused(name: string, detail: string): AttributeHeader {
  return { name, value: null, fault: { pointer: `/${name}`, detail } };
}
