import { isUtf8 } from 'node:buffer';
import type { Answer } from '../../server/answer.js';
import { payloadError, unsupportedContent } from '../api-errors.js';
import type { ApiOperation } from '../api-operation.js';

/** A JSON object as it was sent. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads a request's body, which has to be a JSON object; or the answer that refuses it. */
export function readJsonBody({
  body,
  header,
}: ApiOperation):
  | { readonly kind: 'read'; readonly body: JsonObject }
  | { readonly kind: 'refused'; readonly answer: Answer } {
  const contentType = header('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(contentType))
    return { kind: 'refused', answer: unsupportedContent(contentType) };
  const value = isUtf8(body) ? parsed(body.toString('utf8')) : undefined;
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return { kind: 'read', body: value as JsonObject };
  const exception =
    'Microsoft.OData.ODataException: Invalid JSON. An unexpected token was found when reading the payload.';
  return { kind: 'refused', answer: payloadError(exception) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
