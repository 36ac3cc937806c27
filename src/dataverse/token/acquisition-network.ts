import { AsyncLocalStorage } from 'node:async_hooks';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';

const current = new AsyncLocalStorage<INetworkModule>();

/**
 * Sends through the network client of the acquisition it is called in. MSAL keeps the source of managed identity tokens
 * for the life of the process, together with the first network client it saw: so that client must belong to no
 * acquisition.
 */
export const acquisitionNetwork: INetworkModule = {
  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return owner().sendGetRequestAsync(url, options);
  },
  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return owner().sendPostRequestAsync(url, options);
  },
};

/** Runs an acquisition whose requests go through the given client. */
export function withNetwork<T>(network: INetworkModule, acquire: () => Promise<T>): Promise<T> {
  return current.run(network, acquire);
}

function owner(): INetworkModule {
  const network = current.getStore();
  if (network === undefined) throw new Error('a token request outside of an acquisition');
  return network;
}
