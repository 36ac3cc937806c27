import type { ServiceBusClient, ServiceBusReceiver } from '@azure/service-bus';
import { hearFrameErrors } from './hear-frame-errors.js';
import { mendLinkAddress } from './mend-link-address.js';
import type { MessageIntake } from './message-intake.js';
import type { ServiceBusSource } from './service-bus-source.js';

export interface BusConnectionParts {
  readonly source: ServiceBusSource;
  readonly intake: MessageIntake;
  /** How many messages are processed at once, and so how many the bus sends without being asked. */
  readonly concurrency: number;
  /** How long the bus may take to answer one request. */
  readonly patienceMs: number;
  /** Told of every error that breaks it, perhaps more than once. */
  readonly broken: (error: unknown) => void;
}

/** The wait between two tries of the SDK's own. It makes at most one: the session ends with the first failed try. */
const SDK_RETRY_MS = 1000;

/**
 * One client of the bus, from a first look at the entity until it is closed. The SDK itself repairs a cut connection,
 * at once; but if that fails, it would try for ever, for any reason. So a failure is reported and the connection is
 * closed: only one layer retries, and that is the listener.
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

  /** Throws where the SDK refuses the source; connects to nothing. */
  static async create(parts: BusConnectionParts): Promise<BusConnection> {
    // Loaded here: a gateway without Service Bus neither loads the SDK nor pays for its memory.
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
   * Looks at the entity without taking a message: a fault of key, name or network is thrown here, while subscribing
   * would not even say that it succeeded.
   */
  async look(): Promise<void> {
    await this.receiver.peekMessages(1, { abortSignal: this.ending.signal });
  }

  /** Takes messages as they come. The function it returns ends that; messages can still be settled after it. */
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

  /** Closes the connection. Messages that are not settled come again. */
  close(): Promise<void> {
    this.ending.abort();
    this.hearNoMore();
    return this.client.close();
  }
}
