import { EventEmitter } from 'node:events';
import { amqpOfSdk } from './amqp-of-sdk.js';

type Hear = (error: unknown) => void;

const hearing = new Set<Hear>();

/**
 * Hears of what a bus sent that rhea, the AMQP library below the SDK, can make nothing of, until the function it returns
 * is called. rhea 3.0.5 and rhea-promise 3.0.3 emit an `error` of the connection, which the SDK does not listen to: unheard, it would
 * end the process. From the first call on it never does. Whose connection it was is not told: there is one at a time.
 */
export function hearFrameErrors(hear: Hear): () => void {
  mendConnections();
  hearing.add(hear);
  return () => void hearing.delete(hear);
}

/** Whatever connections the SDK makes, also those it makes by itself. */
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

/** rhea-promise wraps what rhea told. */
function errorOf(event: unknown): unknown {
  return (event as { readonly _context?: unknown } | undefined)?._context ?? event;
}
