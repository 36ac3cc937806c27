import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEnvironment, type Environment } from '../support/environment.js';
import { GatewayProcess } from '../support/gateway-process.js';
import { until } from '../support/until.js';

const SASL = Buffer.from('AMQP\x03\x01\x00\x00', 'latin1');

/** Takes every connection, answers the first bytes with these, and counts. */
class RudeBus {
  connections = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  constructor(private readonly answer: Buffer) {
    this.#server = createServer((socket) => this.#serve(socket));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as { port: number };
    return `Endpoint=sb://127.0.0.1:${port};SharedAccessKeyName=k;SharedAccessKey=c2VjcmV0;UseDevelopmentEmulator=true;`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(socket: Socket): void {
    this.connections += 1;
    this.#sockets.add(socket);
    socket.on('error', () => undefined).once('data', () => socket.write(this.answer));
  }
}

describe('A gateway whose bus answers', () => {
  let environment: Environment;
  let gateway: GatewayProcess | null = null;
  let bus: RudeBus;

  beforeEach(async () => {
    environment = await createEnvironment();
  });

  afterEach(async () => {
    await gateway?.stop();
    gateway = null;
    await bus.close();
    await environment.remove();
  });

  it.each([
    [
      'a frame of a type that there is not',
      Buffer.concat([SASL, Buffer.from('0000000c020100005a000000', 'hex')]),
      /"cause":"unreachable","detail":"Unrecognised typecode: 5a/,
    ],
    [
      'a frame that is cut within its fields',
      Buffer.concat([SASL, Buffer.from('0000000d0201000000534080ff', 'hex')]),
      /"cause":"unreachable","detail":"The value of /,
    ],
    [
      'something that is no AMQP',
      Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n marker-of-the-bus'),
      /"cause":"unreachable","detail":"Invalid protocol header/,
    ],
  ])('%s goes on, tells so, and tries again', async (_what, answer, cause) => {
    bus = new RudeBus(answer);
    gateway = await GatewayProcess.start({
      ...environment.settings,
      SERVICE_BUS_CONNECTION_STRING: await bus.listen(),
      SERVICE_BUS_QUEUE: 'receipts',
    });
    await until(() => bus.connections >= 2);
    const { lines, url } = gateway;
    expect(lines.find((line) => line.includes('listener-changed'))).toMatch(cause);
    expect(lines.filter((line) => !line.startsWith('{'))).toEqual([]);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });
});
