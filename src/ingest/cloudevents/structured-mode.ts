import { EVENT_BYTES } from '../../contract/event-bytes.js';
import { ProblemError } from '../../http/problem.error.js';
import type { InputFault } from '../../kernel/input-fault.js';
import { type JsonBody, parseStrictJson } from '../../kernel/strict-json.js';
import type { ReceivedCloudEvent, ReceivedData } from './received-cloud-event.js';

/** Members of the JSON format that are no attributes. */
const DATA = 'data';
const DATA_BASE64 = 'data_base64';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

type Members = Readonly<Record<string, unknown>>;

/**
 * Reads the JSON format: one object with attributes and content. Throws a 400 problem for anything that is no JSON
 * object; attributes and content are judged later.
 */
export function readStructured(json: JsonBody, size: number): ReceivedCloudEvent {
  if (json.kind === 'malformed') throw new ProblemError('malformed-json', json.detail);
  const { value, faults } = json;
  if (!isObject(value)) {
    throw new ProblemError('invalid-event', 'A CloudEvent is an object.', {
      errors: [{ pointer: '', detail: 'must be an object' }],
    });
  }
  const attributes = Object.entries(value).filter(
    ([name, member]) => member !== null && name !== DATA && name !== DATA_BASE64,
  );
  return {
    attributes: new Map(attributes),
    data: dataOf(value, faults),
    faults: faults.filter(({ pointer }) => !isWithinData(pointer)),
    isLarge: size > EVENT_BYTES,
  };
}

function dataOf(members: Members, faults: readonly InputFault[]): ReceivedData {
  const { [DATA]: value = null, [DATA_BASE64]: encoded = null } = members;
  if (value !== null && encoded !== null) return none(DATA_BASE64, 'must not stand beside data');
  if (encoded !== null) return decoded(encoded, members);
  if (value === null) return none(DATA, 'is required');
  const within = faults.filter(({ pointer }) => isWithinData(pointer));
  const relative = within.map(({ pointer, detail }) => ({ pointer: pointer.slice(`/${DATA}`.length), detail }));
  return { kind: 'json', json: { kind: 'json', value, faults: relative } };
}

/**
 * Base64 does not say what it contains, so the specification forbids to take it for JSON unless the media type says so.
 */
function decoded(encoded: unknown, { datacontenttype = null }: Members): ReceivedData {
  if (datacontenttype === null) return none('datacontenttype', 'is required beside data_base64');
  if (typeof encoded !== 'string' || !BASE64.test(encoded)) return none(DATA_BASE64, 'must be base64 (RFC 4648)');
  const json = parseStrictJson(Buffer.from(encoded, 'base64'));
  return json.kind === 'malformed' ? none(DATA_BASE64, 'must hold JSON in UTF-8') : { kind: 'json', json };
}

function none(name: string, detail: string): ReceivedData {
  return { kind: 'none', fault: { pointer: `/${name}`, detail } };
}

function isWithinData(pointer: string): boolean {
  return pointer.startsWith(`/${DATA}/`);
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
