import type { InputFault } from '../../contract/validate-event.js';
import type { JsonBody } from '../../http/strict-json.js';
import { decodeHeaderValue } from './header-value.js';
import type { ReceivedCloudEvent } from './received-cloud-event.js';

const PREFIX = 'ce-';

/** Headers by lower-case name with every value they were sent with. */
type HeaderValues = Readonly<Record<string, readonly string[] | undefined>>;

interface AttributeHeader {
  readonly name: string;
  readonly value: string | null;
  readonly fault: InputFault | null;
}

/**
 * Reads a CloudEvent whose attributes are headers and whose content is the body. The body's media type was looked at
 * when it was read, so it is no attribute here.
 */
export function readBinary(headers: HeaderValues, json: JsonBody): ReceivedCloudEvent {
  const read = Object.entries(headers)
    .filter(([header]) => header.startsWith(PREFIX))
    .map(([header, values = []]) => readHeader(header.slice(PREFIX.length), values));
  return {
    attributes: new Map(read.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const]))),
    data: { kind: 'json', json },
    faults: read.flatMap(({ fault }) => (fault === null ? [] : [fault])),
    isLarge: false,
  };
}

/** Whether a request brings any attribute at all; one that does not is no CloudEvent but meant something else. */
export function bringsAttributes(headers: HeaderValues): boolean {
  return Object.keys(headers).some((header) => header.startsWith(PREFIX));
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
