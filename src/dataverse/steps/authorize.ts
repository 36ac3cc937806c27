import type { Step, WebApiRequest } from '../pipeline.js';
import type { AccessToken } from '../token/access-token.js';
import type { ApplicationUserToken } from '../token/application-user-token.js';

/**
 * Adds the application user's token. A 401 means that the call was not executed, so it is repeated at once, a single
 * time, with another token than the refused one.
 */
export function authorize(tokens: ReadonlyMap<string, ApplicationUserToken>): Step {
  return async (request, next) => {
    const token = tokens.get(request.applicationUser);
    if (token === undefined) throw new Error('the application user is not one of this destination');
    const first = await token.get(request.signal);
    if (first.kind === 'no-token') return first;
    const answer = await next(withToken(request, first));
    if (answer.kind !== 'response' || answer.status !== 401) return answer;
    const second = await token.refresh(first, request.signal);
    return second.kind === 'no-token' ? second : next(withToken(request, second));
  };
}

function withToken(request: WebApiRequest, token: AccessToken): WebApiRequest {
  return { ...request, headers: { ...request.headers, Authorization: `Bearer ${token.text}` } };
}
