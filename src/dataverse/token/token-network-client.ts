import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import type { HttpClient } from '../http/http-client.js';
import type { HttpAnswer } from '../http/http-exchange.js';
import { jsonObjectIn } from './no-token-reason.js';

/** For one request of a token acquisition; the calls that wait for it have time limits of their own. */
const EXCHANGE_TIMEOUT_MS = 30_000;

/**
 * MSAL's way to the network, through our own client: one setting of certificates and proxy for tokens and Dataverse.
 * It remembers the last answer, because MSAL turns failures into errors that no longer tell them apart.
 */
export class TokenNetworkClient implements INetworkModule {
  lastAnswer: HttpAnswer | null = null;

  constructor(private readonly http: HttpClient) {}

  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.send('GET', url, options);
  }

  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.send('POST', url, options);
  }

  private async send<T>(
    method: 'GET' | 'POST',
    url: string,
    options?: NetworkRequestOptions,
  ): Promise<NetworkResponse<T>> {
    const answer = await this.http.exchange({
      method,
      url,
      headers: { Accept: 'application/json', ...options?.headers },
      body: options?.body ?? null,
      signal: AbortSignal.timeout(EXCHANGE_TIMEOUT_MS),
    });
    this.lastAnswer = answer;
    const body = answer.kind === 'response' ? jsonObjectIn(answer) : null;
    if (answer.kind !== 'response' || body === null) throw new Error('no usable answer');
    return { status: answer.status, headers: {}, body: body as T };
  }
}
