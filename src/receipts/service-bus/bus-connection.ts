import type { ServiceBusClient, ServiceBusReceiver } from '@azure/service-bus';
import { hearFrameErrors } from './hear-frame-errors.js';
import { mendLinkAddress } from './mend-link-address.js';
import type { MessageIntake } from './message-intake.js';
import type { ServiceBusSource } from './service-bus-source.js';

export interface BusConnectionParts {
  readonly source: ServiceBusSource;
  readonly intake: MessageIntake;
  /** Messages taken at once, which is also how many the bus hands out unasked. */
  readonly concurrency: number;
  /** How long the bus may take for one thing asked of it. */
  readonly patienceMs: number;
  /** Hears of what breaks it; more than once, perhaps. */
  readonly broken: (error: unknown) => void;
}

/** Between two tries of the SDK's own, of which there is one at most: the session ends with the first that failed. */
const SDK_RETRY_MS = 1000;

/**
 * One client of the bus, from a first look at the entity until it is given up. The SDK mends a cut connection by itself, at
 * once; where that fails it would go on by itself for ever, whatever the reason, so that is told, and the connection given up: one layer
 * retries, and that is the listener.
 */
export class BusConnection {
  private readonly ending = new AbortController();
  private readonly hearNoMore: () => void;

  private constructor(
    private readonly client: ServiceBusClient,
    private readonly receiver: ServiceBusReceiver,
    private readonly parts: BusConnectionParts,
  ) {
    this.hearNoMore = hearFrameErrors(parts.broken);
  }

  /** Throws where the SDK does not like the source; connects to nothing. */
  static async create(parts: BusConnectionParts): Promise<BusConnection> {
    // Here and not above: who has no Service Bus neither loads the SDK nor pays its memory.
    const { ServiceBusClient } = await import('@azure/service-bus');
    mendLinkAddress();
    const { connectionString, source } = parts.source;
    const retryOptions = { maxRetries: 0, retryDelayInMs: SDK_RETRY_MS, timeoutInMs: parts.patienceMs };
    const client = new ServiceBusClient(connectionString, { retryOptions });
    // Locks are not renewed: a receipt takes milliseconds. Bodies are not parsed here: numbers would lose digits.
    const options = {
      receiveMode: 'peekLock',
      maxAutoLockRenewalDurationInMs: 0,
      skipParsingBodyAsJson: true,
    } as const;
    const receiver =
      source.kind === 'queue'
        ? client.createReceiver(source.queue, options)
        : client.createReceiver(source.topic, source.subscription, options);
    return new BusConnection(client, receiver, parts);
  }

  /**
   * Looks at the entity without taking anything: what is wrong with key, name or network is thrown here, where
   * subscribing would not even say that it succeeded.
   */
  async look(): Promise<void> {
    await this.receiver.peekMessages(1, { abortSignal: this.ending.signal });
  }

  /** Takes messages as they come. The function it returns asks for no more; messages can be settled thereafter. */
  subscribe(): () => Promise<void> {
    const { intake, concurrency, broken } = this.parts;
    const subscription = this.receiver.subscribe(
      {
        processMessage: (message) => intake.take(message, this.receiver),
        processError: async ({ error }) => broken(error),
      },
      { autoCompleteMessages: false, maxConcurrentCalls: concurrency, abortSignal: this.ending.signal },
    );
    return () => subscription.close();
  }

  /** Gives up the connection. Messages that are not settled come again. */
  close(): Promise<void> {
    this.ending.abort();
    this.hearNoMore();
    return this.client.close();
  }
}
