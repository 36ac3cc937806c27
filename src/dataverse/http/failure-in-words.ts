import type { HttpFailure } from './http-exchange.js';

/**
 * Why there was no answer, in words. Does not say whether the request ran: for reads and repeatable requests that does
 * not matter.
 */
export function failureInWords({ stage, code }: HttpFailure): string {
  return `${BY_CODE.get(code) ?? BY_STAGE[stage]} (${code})`;
}

const BY_CODE: ReadonlyMap<string, string> = new Map([
  ['ABORTED', 'it was called off'],
  ['ETIMEDOUT', 'no answer in time'],
]);

const BY_STAGE = {
  connecting: 'no connection',
  unverified: "Dataverse's certificate does not verify: nothing was sent",
  connected: 'the connection broke before the answer',
} as const;
