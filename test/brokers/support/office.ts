import rhea, { type Connection, type EventContext } from 'rhea';

/**
 * Answers what the SDK asks of Service Bus beside its queues: tokens at `$cbs`, a look into a queue at its `$management`.
 * On a broker these are addresses whose messages go to everybody who listens; the SDK passes over what is not its answer.
 */
export class Office {
  private constructor(private readonly connection: Connection) {}

  static async open(port: number, queues: readonly string[]): Promise<Office> {
    const container = rhea.create_container();
    container.on('error', () => undefined);
    const connection = container.connect({ host: '127.0.0.1', port, reconnect: false });
    const peeked = { statusCode: 204, statusDescription: 'Nothing to see' };
    const token = { 'status-code': 202, 'status-description': 'Accepted' };
    const desks = [
      answerAt(connection, '$cbs', token),
      ...queues.map((name) => answerAt(connection, `${name}/$management`, peeked)),
    ];
    const failed = new Promise<never>((_, reject) => {
      connection.on('disconnected', ({ error }: EventContext) => reject(error ?? new Error('the broker hung up')));
    });
    await Promise.race([Promise.all(desks), failed]);
    failed.catch(() => undefined);
    return new Office(connection);
  }

  close(): void {
    this.connection.close();
  }
}

function answerAt(connection: Connection, address: string, properties: Record<string, unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const sender = connection.open_sender(address);
  const receiver = connection.open_receiver(address);
  receiver.on('message', ({ message }: EventContext) => {
    // Its own answers come back to it as well.
    if (message === undefined || message.correlation_id !== undefined) return;
    const correlation_id = message.message_id as string;
    sender.send({ correlation_id, application_properties: properties, body: '' });
  });
  receiver.on('receiver_open', () => resolve());
  return promise;
}
