import { amqpOfSdk } from './amqp-of-sdk.js';

/**
 * Lets the SDK ask a link that lost its connection for its address. The SDK does that, to name the link in an error,
 * when a request on it was not answered within a minute or is cancelled. By then rhea has forgotten the address, and
 * rhea-promise 3.0.3 throws. Inside a timer that would end the process: a bus that is cut off while it owes a token
 * would take the gateway with it. The SDK is prepared for a link without address.
 */
export function mendLinkAddress(): void {
  const { Receiver } = amqpOfSdk()('rhea-promise') as { Receiver: { prototype: object } };
  Object.defineProperty(Object.getPrototypeOf(Receiver.prototype), 'address', {
    configurable: true,
    get(this: { readonly source?: { readonly address?: string } }) {
      return this.source?.address;
    },
  });
}
