import { EventEmitter } from 'node:events';
import { amqpOfSdk } from './amqp-of-sdk.js';

type Hear = (error: unknown) => void;

const hearing = new Set<Hear>();

/**
 * Listens for frames from a bus that rhea, the AMQP library below the SDK, cannot read, until the function it returns
 * is called. rhea 3.0.5 and rhea-promise 3.0.3 emit an `error` of the connection, which the SDK does not listen to:
 * without a listener it would end the process. From the first call on it never does. The error does not say whose
 * connection it was: there is one at a time.
 */
export function hearFrameErrors(hear: Hear): () => void {
  mendConnections();
  hearing.add(hear);
  return () => void hearing.delete(hear);
}

/** For all connections of the SDK, also those it makes by itself. */
function mendConnections(): void {
  const { Connection } = amqpOfSdk()('rhea-promise') as { Connection: { prototype: EventEmitter } };
  if (Object.hasOwn(Connection.prototype, 'emit')) return;
  const emit = function (this: EventEmitter, event: string, ...words: unknown[]): boolean {
    if (event !== 'error' || this.listenerCount(event) > 0)
      return EventEmitter.prototype.emit.call(this, event, ...words);
    for (const hear of hearing) hear(errorOf(words[0]));
    return true;
  };
  Object.defineProperty(Connection.prototype, 'emit', { configurable: true, value: emit });
}

/** rhea-promise wraps the error of rhea. */
function errorOf(event: unknown): unknown {
  return (event as { readonly _context?: unknown } | undefined)?._context ?? event;
}
