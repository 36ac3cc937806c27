import rhea, { type EventContext } from 'rhea';
import { type Listening, type ListeningOptions, listen } from '../../receipts/support/listening.js';
import { Broker, KEY, KEY_NAME, POST_KEY } from './broker.js';
import { Office } from './office.js';

const QUEUE = 'receipts';
/** rhea keeps 2048 messages that wait for answers. */
const AT_ONCE = 500;
/** Where messages for the queue go on this broker. */
export const POST_PATH = `${QUEUE}/${POST_KEY}`;

/** A broker with a queue for receipts, and whatever of listeners a claim starts. */
export class Scene {
  readonly #listenings: Listening[] = [];

  private constructor(
    private readonly jars: string,
    private broker: Broker,
    private office: Office,
  ) {}

  static async set(jars: string): Promise<Scene> {
    const broker = await Broker.start(jars, [QUEUE]);
    return new Scene(jars, broker, await Office.open(broker.ports.anonymous, [QUEUE]));
  }

  /** Where posts go, with `KEY_NAME` and `KEY`. */
  get postAddress(): string {
    return `amqp://127.0.0.1:${this.broker.ports.plain}`;
  }

  /** For the SDK. */
  get connectionString(): string {
    return `Endpoint=sb://127.0.0.1:${this.broker.ports.anonymous};SharedAccessKeyName=any;SharedAccessKey=key;UseDevelopmentEmulator=true;`;
  }

  listen(receipts: ListeningOptions['receipts'], more: Partial<ListeningOptions> = {}): Listening {
    const listening = listen({ connectionString: this.connectionString, receipts, ...more });
    this.#listenings.push(listening);
    return listening;
  }

  /** Resolves when the broker has them. */
  async post(...bodies: readonly string[]): Promise<void> {
    const container = rhea.create_container();
    const where = { host: '127.0.0.1', port: this.broker.ports.plain, reconnect: false } as const;
    const connection = container.connect({ ...where, username: KEY_NAME, password: KEY });
    const sender = connection.open_sender(POST_PATH);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let left = bodies.length;
    const waiting = [...bodies];
    sender.on('sendable', () => {
      for (const body of waiting.splice(0, AT_ONCE))
        sender.send({ body: rhea.message.data_section(Buffer.from(body)) });
    });
    sender.on('accepted', () => {
      left -= 1;
      if (left % AT_ONCE === 0) sender.emit('sendable');
      if (left === 0) resolve();
    });
    for (const end of ['rejected', 'released', 'sender_error', 'connection_error', 'disconnected']) {
      connection.on(end, ({ error }: EventContext) => reject(error ?? new Error(`not posted: ${end}`)));
    }
    container.on('error', reject);
    await promise.finally(() => connection.close());
  }

  /** Kills the broker, messages and all. */
  async killBroker(): Promise<void> {
    this.office.close();
    await this.broker.stop();
  }

  /** Starts it anew, at the same ports. */
  async startBroker(): Promise<void> {
    const { ports } = this.broker;
    this.broker = await Broker.start(this.jars, [QUEUE], ports);
    this.office = await Office.open(ports.anonymous, [QUEUE]);
  }

  async clear(): Promise<void> {
    for (const { listener } of this.#listenings) await listener.stop(1000);
    this.office.close();
    await this.broker.stop();
  }
}
