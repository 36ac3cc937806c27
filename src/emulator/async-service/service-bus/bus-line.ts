import type { Socket } from 'node:net';
import rhea, {
  type AmqpError,
  type Connection,
  type Delivery,
  type EventContext,
  type Message,
  type Sender,
} from 'rhea';
import type { BusTarget } from './bus-target.js';

/** The bus's answer to a message. */
export type LineAnswer = { readonly kind: 'accepted' } | { readonly kind: 'failed'; readonly detail: string };

/** The types leave the socket out. */
type ConnectionOnSocket = Connection & { readonly socket: Socket };

/** Events that end a line: it cannot be used any more. */
const FATAL = [
  'connection_error',
  'connection_close',
  'session_error',
  'session_close',
  'sender_error',
  'sender_close',
];

/** rhea keeps 2048 messages that wait for answers, and throws for one more. */
const MOST_UNANSWERED = 2000;

/** A connection to one queue, topic or event hub that carries posts until it breaks; after that a new one is opened. */
export class BusLine {
  readonly #connection: ConnectionOnSocket;
  readonly #sender: Sender;
  readonly #answers = new Map<Delivery, (answer: LineAnswer) => void>();
  #brokenBy: string | null = null;
  readonly #opened = Promise.withResolvers<void>();

  constructor({ transport, host, port, namespace, path, keyName, key }: BusTarget) {
    const container = rhea.create_container();
    // Everything that ends a line is heard below; without this listener an error would be thrown as well.
    container.on('error', () => undefined);
    this.#connection = container.connect({
      ...(transport === 'tls' ? { transport, servername: namespace } : { transport }),
      host,
      port,
      hostname: namespace,
      username: keyName,
      password: key,
      reconnect: false,
    }) as ConnectionOnSocket;
    this.#sender = this.#connection.open_sender({ target: { address: path } });
    this.#sender.on('sendable', () => this.#opened.resolve());
    this.#sender.on('accepted', ({ delivery }: EventContext) => this.#answer(delivery, { kind: 'accepted' }));
    for (const outcome of ['rejected', 'released', 'modified']) {
      this.#sender.on(outcome, ({ delivery }: EventContext) => this.#answer(delivery, refusal(outcome, delivery)));
    }
    for (const end of FATAL) this.#connection.on(end, (context: EventContext) => this.#break(inWords(context, end)));
    // Without a listener, rhea writes what it read to standard error.
    this.#connection.on('protocol_error', () => this.#break('What listens there speaks no AMQP 1.0.'));
    this.#connection.on('disconnected', (context: EventContext) => this.#break(inWords(context, 'disconnected')));
  }

  get isBroken(): boolean {
    return this.#brokenBy !== null;
  }

  /** Resolves when the bus answered, or the line broke. */
  async post(message: Message): Promise<LineAnswer> {
    await this.#opened.promise;
    if (this.#brokenBy !== null) return { kind: 'failed', detail: this.#brokenBy };
    if (this.#answers.size >= MOST_UNANSWERED) return { kind: 'failed', detail: 'Too many posts wait for answers.' };
    return new Promise((resolve) => this.#answers.set(this.#sender.send(message), resolve));
  }

  /** Gives it up; posts that wait for their answers fail with this reason. */
  close(reason: string): void {
    this.#break(reason);
  }

  #answer(delivery: Delivery | undefined, answer: LineAnswer): void {
    if (delivery === undefined) return;
    this.#answers.get(delivery)?.(answer);
    this.#answers.delete(delivery);
  }

  #break(reason: string): void {
    if (this.#brokenBy !== null) return;
    this.#brokenBy = reason;
    this.#opened.resolve();
    for (const resolve of this.#answers.values()) resolve({ kind: 'failed', detail: reason });
    this.#answers.clear();
    this.#connection.close();
    // Once the closing frame is on its way: a peer that hangs never answers it. By an error, which ends rhea's timers
    // too.
    setImmediate(() => this.#connection.socket.destroy(new Error(reason)));
  }
}

function refusal(outcome: string, delivery: Delivery | undefined): LineAnswer {
  const { error } = (delivery?.remote_state ?? {}) as { error?: AmqpError };
  return { kind: 'failed', detail: `The bus answered ${outcome}${error === undefined ? '' : `: ${told(error)}`}.` };
}

function inWords({ connection, session, sender, error }: EventContext, event: string): string {
  const cause = (error ?? sender?.error ?? session?.error ?? connection?.error) as AmqpError | undefined;
  return cause === undefined ? `The connection ended (${event}).` : `The connection ended: ${told(cause)}.`;
}

function told({ condition, description, message }: Partial<AmqpError & Error>): string {
  return [condition, description ?? message].filter((part) => part !== undefined).join(' ');
}
