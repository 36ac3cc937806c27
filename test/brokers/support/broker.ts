import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Who may post; the SDK comes anonymously and shows a token instead. */
export const KEY_NAME = 'dataverse';
export const KEY = 'key-of-dataverse';

/** Posts to a queue go to its name, a slash and this. */
export const POST_KEY = 'post';

const START_DEADLINE_MS = 60_000;

export interface BrokerPorts {
  /** Lets everybody in: for the SDK. */
  readonly anonymous: number;
  /** SASL PLAIN: for posts. */
  readonly plain: number;
}

/** Apache Qpid Broker-J in a process of its own, with queues and what else the SDK asks of Service Bus. */
export class Broker {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly ports: BrokerPorts,
  ) {}

  /** Resolves once it takes connections, on free ports unless these are given. */
  static async start(jars: string, queues: readonly string[], wanted?: BrokerPorts): Promise<Broker> {
    const ports = wanted ?? { anonymous: await freePort(), plain: await freePort() };
    const folder = await mkdtemp(join(tmpdir(), 'broker-'));
    const config = join(folder, 'config.json');
    await writeFile(config, JSON.stringify(configuration(queues, ports)));
    const options = ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-cp', join(jars, '*')];
    const child = spawn('java', [...options, 'org.apache.qpid.server.Main', '-st', 'Memory', '-icp', config], {
      env: { PATH: process.env.PATH, QPID_WORK: folder },
      // Its libraries leave logs where they are started.
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await ready(child);
    } catch (error) {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
    return new Broker(child, folder, ports);
  }

  async stop(): Promise<void> {
    const isGone = this.child.exitCode !== null || this.child.signalCode !== null;
    const gone = isGone ? null : once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function ready(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const said: string[] = [];
  if (child.stdout === null) throw new Error('the broker says nothing');
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(line);
    if (line.includes('BRK-1004')) resolve();
  });
  child.once('error', reject);
  child.once('exit', (code) => reject(new Error(`the broker ended with ${code}:\n${said.join('\n')}`)));
  const late = setTimeout(() => reject(new Error(`the broker did not start:\n${said.join('\n')}`)), START_DEADLINE_MS);
  await promise.finally(() => clearTimeout(late));
}

/**
 * Whatever is sent to `$cbs` goes to everybody who listens there: the requests, and the answers. This broker takes what
 * follows a slash for a routing key, so a queue's `$management` is one of an exchange that bears the queue's name.
 */
function configuration(queues: readonly string[], ports: BrokerPorts): object {
  const host = {
    type: 'Memory',
    exchanges: [
      { name: '$cbs', type: 'fanout' },
      ...queues.map((name) => ({
        name,
        type: 'direct',
        durableBindings: [{ destination: name, bindingKey: POST_KEY }],
      })),
    ],
    queues: queues.map((name) => ({ name })),
  };
  const port = (name: string, number: number) => ({
    name,
    type: 'AMQP',
    port: `${number}`,
    bindingAddress: '127.0.0.1',
    authenticationProvider: name,
    protocols: ['AMQP_1_0'],
    virtualhostaliases: [
      { name, type: 'patternMatchingAlias', pattern: '.*', virtualHostNode: 'default', durable: true },
    ],
  });
  return {
    name: 'broker',
    modelVersion: '9.1',
    authenticationproviders: [
      { name: 'anonymous', type: 'Anonymous' },
      {
        name: 'plain',
        type: 'Plain',
        secureOnlyMechanisms: [],
        users: [{ name: KEY_NAME, type: 'managed', password: KEY }],
      },
    ],
    ports: [port('anonymous', ports.anonymous), port('plain', ports.plain)],
    virtualhostnodes: [
      {
        name: 'default',
        type: 'Memory',
        defaultVirtualHostNode: 'true',
        virtualHostInitialConfiguration: JSON.stringify(host),
      },
    ],
    brokerloggers: [
      {
        name: 'console',
        type: 'Console',
        brokerloginclusionrules: [{ name: 'all', type: 'NameAndLevel', level: 'INFO', loggerName: '*' }],
      },
    ],
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
