import { NO_LIMITS } from '../../../src/emulator/limits/service-protection-limits.js';
import { createEnvironment, type Environment } from '../../support/environment.js';
import { OwnStalls } from '../../support/own-stalls.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { Clients } from './clients.js';
import { LogWatch } from './log-watch.js';
import { Replica } from './replica.js';
import type { SeededRandom } from './seeded-random.js';

export interface WorldOptions {
  readonly random: SeededRandom;
  readonly replicas: number;
  readonly tills: number;
  readonly vendors: number;
  /** How long a client thinks between two events, at most. */
  readonly pauseMs: number;
  /** What node runs; the built gateway unless a broken one is under test. */
  readonly command?: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
  /** Where the store is, if not in a file of this run's own. */
  readonly database?: DatabaseUnderTest;
}

/** A database server that a run may maltreat. */
export interface DatabaseUnderTest {
  readonly url: string;
  /** Between the gateways and the server. */
  readonly proxy: TcpProxy;
  /** Stopped in order and started again. */
  readonly restart: () => Promise<void>;
  /** SIGKILL, and started again. */
  readonly crash: () => Promise<void>;
}

/** Where the emulator answers when it is reached by way of the proxy: the same port of another loopback address. */
const PROXIED_HOST = '127.0.0.2';

/** A call that hangs is given up soon, so that minutes are enough for a run. */
const SETTINGS = { DELIVERY_TIMEOUT_MS: '5000', SHUTDOWN_GRACE_MS: '8000', LOG_LEVEL: 'info' };

/** Gateways, their clients, their Dataverse, and the wires between them. */
export interface World {
  readonly environment: Environment;
  /** Between the gateways and Dataverse. */
  readonly wire: TcpProxy;
  readonly replicas: readonly Replica[];
  readonly clients: Clients;
  readonly operatorKey: string;
  readonly log: LogWatch;
  readonly stalls: OwnStalls;
  readonly database: DatabaseUnderTest | null;
  remove(): Promise<void>;
}

export async function createWorld(options: WorldOptions): Promise<World> {
  const { random, database = null } = options;
  const environment = await createEnvironment(
    { receivedCap: 5_000_000, limits: NO_LIMITS, hostNames: [PROXIED_HOST] },
    database?.url,
  );
  const { port } = new URL(environment.emulator.url);
  const wire = await TcpProxy.start(() => ({ host: '127.0.0.1', port: Number(port) }), {
    host: PROXIED_HOST,
    port: Number(port),
  });
  const origin = `https://${PROXIED_HOST}:${port}`;
  const [apiKey, operatorKey] = [
    await environment.createClient('till'),
    await environment.createClient('night-watch', { publish: [], operator: true }),
  ];
  const log = new LogWatch([apiKey, operatorKey, environment.settings.AZURE_CLIENT_SECRET ?? '']);
  const settings = {
    ...environment.settings,
    ...SETTINGS,
    DATAVERSE_URL: origin,
    AZURE_AUTHORITY_HOST: origin,
    ...options.settings,
  };
  const replicas = await Promise.all(
    Array.from({ length: options.replicas }, () =>
      Replica.start({
        settings,
        onLine: (line) => log.see(line),
        ...(options.command === undefined ? {} : { command: options.command }),
      }),
    ),
  );
  const urls = () => replicas.map(({ url }) => url);
  const stalls = new OwnStalls();
  const clients = new Clients({ ...options, apiKey, urls, random: random.fork() });
  return {
    environment,
    wire,
    replicas,
    clients,
    operatorKey,
    log,
    stalls,
    database,
    remove: async () => {
      stalls.stop();
      await clients.stop();
      await Promise.all(replicas.map((replica) => replica.stop()));
      await wire.stop();
      await environment.remove();
    },
  };
}
