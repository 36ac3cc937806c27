import { saysStripped } from '../context/says-stripped.js';
import { CONTEXT_BYTES } from '../context-limit.js';
import { textOf } from '../text-of.js';
import type { DeadLetterReason } from './listener-journal.js';

/**
 * The part of a received message that counts; the SDK's own type has more members, and promises less about the body.
 */
export interface BusMessage {
  /** A Buffer in posts of Dataverse; a string or an object if a program re-sent the message. */
  readonly body: unknown;
  /** A text, unless somebody sent something else: nothing on the way checks it. */
  readonly contentType?: unknown;
  readonly applicationProperties?: Readonly<Record<string, unknown>> | undefined;
}

/** The text of a message, or why it contains no context. */
export type ReadMessage =
  | { readonly kind: 'text'; readonly body: string; readonly stripped: boolean }
  | { readonly kind: 'unusable'; readonly reason: DeadLetterReason; readonly detail: string };

const ASK_FOR_JSON = 'Set the message format of the service endpoint to JSON.';
/** `<`: an XML document. `@` and a length: .NET's binary XML begins with the name of its first element. */
const FIRST_OF_XML = 0x3c;
const FIRST_OF_BINARY_XML = 0x40;

/** Reads the body in Dataverse's message formats. The text is passed on unchanged: numbers stay exact. Pure. */
export function readMessage({ body, contentType, applicationProperties }: BusMessage): ReadMessage {
  const format = formatOf(contentType);
  if (format !== null) return unsupported(`The content type is ${format}.`);
  const bytes = bytesOf(body);
  if (bytes === null) return unusable('unreadable', 'The body is neither bytes nor text nor an object.');
  if (bytes.length > CONTEXT_BYTES) {
    return unusable('too-large', `The body has ${bytes.length} bytes; at most ${CONTEXT_BYTES} are read.`);
  }
  if (bytes[0] === FIRST_OF_XML) return unsupported('The body is XML.');
  if (bytes[0] === FIRST_OF_BINARY_XML) return unsupported('The body is binary XML.');
  const text = textOf(bytes);
  if (text === null) return unusable('unreadable', 'The body is not UTF-8.');
  return { kind: 'text', body: text, stripped: saysStripped(applicationProperties) };
}

/** Dataverse's content types of the formats that are not read here. */
function formatOf(contentType: unknown): string | null {
  if (typeof contentType !== 'string') return null;
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/msbin1') return 'application/msbin1 (binary XML)';
  return type === 'application/xml' || type === 'text/xml' ? `${type} (XML)` : null;
}

function bytesOf(body: unknown): Uint8Array | null {
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return Buffer.from(body);
  if (Array.isArray(body)) {
    // Several data sections are one body in pieces (AMQP 1.0, 3.2.6).
    return body.length > 0 && body.every((part) => part instanceof Uint8Array) ? Buffer.concat(body) : null;
  }
  return typeof body === 'object' && body !== null ? jsonOf(body) : null;
}

/** Null for a value that JSON cannot express: AMQP has such values. */
function jsonOf(body: object): Uint8Array | null {
  try {
    return Buffer.from(JSON.stringify(body));
  } catch {
    return null;
  }
}

function unsupported(what: string): ReadMessage {
  return unusable('unsupported-format', `${what} ${ASK_FOR_JSON}`);
}

function unusable(reason: DeadLetterReason, detail: string): ReadMessage {
  return { kind: 'unusable', reason, detail };
}
