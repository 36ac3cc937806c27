import type { HttpAnswer } from './http/http-exchange.js';
import type { NoToken } from './token/access-token.js';

/** The result of one attempt to call the Web API: an answer, no answer, or no token to call it with. */
export type Answer = HttpAnswer | NoToken;

/** The request was not written: when everything else was ready, it was no longer allowed. */
export interface NotSent {
  readonly kind: 'not-sent';
}
