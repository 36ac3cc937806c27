import type { HttpAnswer } from './http/http-exchange.js';
import type { NoToken } from './token/access-token.js';

/** What came back from one attempt to call the Web API: an answer, no answer, or no token to call it with. */
export type Answer = HttpAnswer | NoToken;

/** The request was not written: by the time everything else was there it might not be any more. */
export interface NotSent {
  readonly kind: 'not-sent';
}
