import type { Answer } from '../server/answer.js';

const JSON_TYPE = 'application/json; odata.metadata=minimal';

/** The 204 of a custom API without response properties: no body, no Location, no OData-EntityId. */
export const NO_CONTENT: Answer = { status: 204, headers: {}, body: '', errorCode: null };

export function jsonAnswer(body: unknown): Answer {
  return { status: 200, headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(body), errorCode: null };
}

/** An OData error document. */
export function errorAnswer(status: number, code: string, message: string): Answer {
  return {
    status,
    headers: { 'content-type': JSON_TYPE },
    body: JSON.stringify({ error: { code, message } }),
    errorCode: code,
  };
}
