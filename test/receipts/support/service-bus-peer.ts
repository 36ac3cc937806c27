import { randomUUID } from 'node:crypto';
import type { AddressInfo, Server, Socket } from 'node:net';
import rhea, {
  type AmqpError,
  type Connection,
  type Delivery,
  type EventContext,
  type Message,
  type Sender,
} from 'rhea';
import { type PeerMessage, PeerQueue, type QueuedMessage } from './peer-queue.js';

export const PEER_KEY_NAME = 'gateway';
/** In no message, log or error of the gateway. */
export const PEER_KEY = 'c2VjcmV0LWtleS1vZi10aGUtcGVlcg==';

const LOCK_LOST = { condition: 'com.microsoft:message-lock-lost', description: 'The lock supplied is invalid.' };

interface Locked {
  readonly queue: PeerQueue;
  readonly queued: QueuedMessage;
}

/**
 * What the SDK needs of Azure Service Bus, as an AMQP 1.0 peer: tokens at `$cbs`, queues with peek-lock, lock tokens as
 * delivery tags of 16 bytes, settlements answered, `$management` as far as peeking. No sessions, no transactions.
 */
export class ServiceBusPeer {
  /** Queues by address; `topic/Subscriptions/name` is one, too. */
  readonly queues = new Map<string, PeerQueue>();
  /** The audiences tokens were asked for. */
  readonly audiences: string[] = [];
  /** Whether tokens are refused with 401. */
  refusesTokens = false;
  /** Whether requests for tokens stay without an answer. */
  keepsTokensWaiting = false;
  /** Cuts the connection instead of answering a look into a queue. */
  cutsAtLook = false;
  /** Whether settlements are passed over, as if they were lost on their way. */
  losesSettlements = false;
  lostSettlements = 0;
  /** Cuts the connection instead of hearing the next settlement. */
  cutsAtSettlement = false;
  readonly #container = rhea.create_container();
  readonly #connections = new Set<Connection>();
  readonly #sockets = new Set<Socket>();
  readonly #consumers = new Map<Sender, PeerQueue>();
  readonly #locks = new Map<Delivery, Locked>();
  #server: Server | null = null;
  #turn: NodeJS.Immediate | null = null;
  #port = 0;

  private constructor() {
    // Posts come with a key (SASL PLAIN), the SDK comes anonymously and shows its token at $cbs.
    this.#container.sasl_server_mechanisms.enable_anonymous();
    this.#container.sasl_server_mechanisms.enable_plain(
      (name: string, key: string) => name === PEER_KEY_NAME && key === PEER_KEY,
    );
    this.#container.on('connection_open', ({ connection }: EventContext) => this.#connections.add(connection));
    for (const end of ['disconnected', 'connection_close']) {
      this.#container.on(end, ({ connection }: EventContext) => this.#forget(connection));
    }
    this.#container.on('receiver_open', (context: EventContext) => this.#acceptPosts(context));
    this.#container.on('sender_open', (context: EventContext) => this.#serve(context));
    this.#container.on('sender_close', ({ sender }: EventContext) => sender && this.#consumers.delete(sender));
    this.#container.on('sendable', () => this.#handOut());
    this.#container.on('sender_draining', ({ sender }: EventContext) => sender?.set_drained(true));
    this.#container.on('message', (context: EventContext) => this.#receive(context));
    for (const outcome of ['accepted', 'rejected', 'modified']) {
      this.#container.on(outcome, ({ delivery }: EventContext) => delivery && this.#settle(outcome, delivery));
    }
    this.#container.on('error', () => undefined);
  }

  static async start(queues: readonly string[]): Promise<ServiceBusPeer> {
    const peer = new ServiceBusPeer();
    for (const name of queues) peer.addQueue(name);
    await peer.listen();
    return peer;
  }

  addQueue(name: string): PeerQueue {
    const queue = new PeerQueue();
    this.queues.set(name, queue);
    return queue;
  }

  get port(): number {
    return this.#port;
  }

  /** Plain TCP, which the SDK does for its own emulator alone. */
  get connectionString(): string {
    return `Endpoint=sb://127.0.0.1:${this.#port};SharedAccessKeyName=${PEER_KEY_NAME};SharedAccessKey=${PEER_KEY};UseDevelopmentEmulator=true;`;
  }

  get connectionCount(): number {
    return this.#connections.size;
  }

  get consumerCount(): number {
    return this.#consumers.size;
  }

  /** Posts to a queue, as Dataverse does: bytes with a content type. */
  post(name: string, body: string, properties: Record<string, unknown> = {}): void {
    const message = { content_type: 'application/json', application_properties: properties };
    this.push(name, { body: this.section(Buffer.from(body)), ...message });
  }

  /** What was posted, as text. */
  textOf(message: PeerMessage | undefined): string {
    return String((message?.body as { content?: Buffer } | undefined)?.content);
  }

  /** Bytes as a message's body. */
  section(bytes: Buffer): unknown {
    return rhea.message.data_section(bytes);
  }

  push(name: string, message: PeerMessage): void {
    const queue = this.queues.get(name);
    if (queue === undefined) throw new Error(`no queue ${name}`);
    queue.push(message);
    this.#handOut();
  }

  /** Takes connections again, at the port it had. */
  async listen(): Promise<void> {
    const server = this.#container.listen({ host: '127.0.0.1', port: this.#port });
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise((resolve) => server.once('listening', resolve));
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Breaks every connection, without a word. */
  cut(): void {
    // With an error, or else rhea does not hear of it and its heartbeats go on.
    for (const socket of this.#sockets) socket.destroy(new Error('cut'));
    for (const connection of [...this.#connections]) this.#forget(connection);
  }

  /** Away: nothing listens any more. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    this.cut();
    await closed;
  }

  #forget(connection: Connection): void {
    this.#connections.delete(connection);
    for (const sender of this.#consumers.keys()) if (sender.connection === connection) this.#consumers.delete(sender);
    for (const [delivery, { queue, queued }] of this.#locks) {
      if (delivery.link.connection !== connection) continue;
      this.#locks.delete(delivery);
      queue.unlock(queued);
    }
    this.#handOut();
  }

  #acceptPosts({ receiver }: EventContext): void {
    const address = receiver?.target.address as string;
    receiver?.set_target({ address });
    if (!this.#isKnown(address)) receiver?.close(notFound(address));
  }

  #serve({ sender }: EventContext): void {
    const address = sender?.source.address as string;
    if (sender === undefined) return;
    sender.set_source({ address });
    const queue = this.queues.get(address);
    if (queue !== undefined) this.#consumers.set(sender, queue);
    else if (!this.#isKnown(address)) sender.close(notFound(address));
  }

  #isKnown(address: string): boolean {
    return address === '$cbs' || this.queues.has(address.replace(/\/\$management$/, ''));
  }

  #receive({ message, connection, receiver }: EventContext): void {
    if (message === undefined) return;
    const address = receiver?.target.address as string;
    if (address === '$cbs') this.#answerToken(message, connection);
    else if (address.endsWith('/$management')) this.#answerLook(message, connection);
    else this.push(address, message as PeerMessage);
  }

  #answerToken(message: Message, connection: Connection): void {
    this.audiences.push(String(message.application_properties?.name));
    if (this.keepsTokensWaiting) return;
    const [code, words] = this.refusesTokens ? [401, 'InvalidSignature: The token is invalid.'] : [202, 'Accepted'];
    answer(message, connection, { 'status-code': code, 'status-description': words });
  }

  /** There is nothing to see. */
  #answerLook(message: Message, connection: Connection): void {
    if (!this.cutsAtLook) answer(message, connection, { statusCode: 204 });
    else this.cut();
  }

  /** In a turn of its own: what is sent takes up its credit at the end of a turn. */
  #handOut(): void {
    this.#turn ??= setImmediate(() => {
      this.#turn = null;
      for (const [sender, queue] of this.#consumers) this.#serveCredit(sender, queue);
    });
  }

  #serveCredit(sender: Sender, queue: PeerQueue): void {
    for (let credit = creditOf(sender); credit > 0; credit -= 1) {
      const queued = queue.lockNext();
      if (queued === null) return;
      const tag = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
      const delivery = sender.send({ ...queued.message, delivery_count: queued.deliveries }, tag);
      this.#locks.set(delivery, { queue, queued });
    }
  }

  #settle(outcome: string, delivery: Delivery): void {
    const locked = this.#locks.get(delivery);
    if (locked === undefined) return;
    if (this.losesSettlements) {
      this.lostSettlements += 1;
      return;
    }
    if (this.cutsAtSettlement) {
      this.cutsAtSettlement = false;
      this.cut();
      return;
    }
    this.#locks.delete(delivery);
    delivery.update(true, outcomeOf(hear(outcome, delivery, locked)));
    // With the second mode of settling the receiver has said all it will; rhea waits for more, and forgets nothing.
    Object.assign(delivery, { remote_settled: true });
    this.#handOut();
  }
}

/** The SDK knows this error by its words. */
function notFound(address: string): AmqpError {
  return { condition: 'amqp:not-found', description: `The messaging entity '${address}' could not be found.` };
}

function answer(request: Message, connection: Connection, application_properties: Record<string, unknown>): void {
  const answer = { correlation_id: request.message_id as string, application_properties, body: '' };
  connection.find_sender(({ name }: Sender) => name === request.reply_to)?.send(answer);
}

function hear(outcome: string, delivery: Delivery, { queue, queued }: Locked): boolean {
  if (outcome === 'accepted') return queue.complete(queued);
  if (outcome === 'modified') return queue.unlock(queued);
  const { info } = (delivery.remote_state as { error?: AmqpError }).error ?? {};
  const { DeadLetterReason, DeadLetterErrorDescription } = (info ?? {}) as Record<string, unknown>;
  return queue.deadLetter(queued, String(DeadLetterReason), String(DeadLetterErrorDescription));
}

/** Which the typings leave out. */
function creditOf(sender: Sender): number {
  return sender.sendable() ? (sender as unknown as { credit: number }).credit : 0;
}

/** What Service Bus answers to a settlement. The typings leave out how an outcome is made. */
function outcomeOf(isHeard: boolean): unknown {
  const { accepted, rejected } = (rhea as unknown as { message: Outcomes }).message;
  return (isHeard ? accepted() : rejected({ error: LOCK_LOST })).described();
}

type Outcomes = Record<'accepted' | 'rejected', (fields?: object) => { described(): unknown }>;
