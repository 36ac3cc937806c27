import { startPostgres } from '../../support/postgres-server.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import type { DatabaseUnderTest } from './world.js';

/** A PostgreSQL server of the run's own behind a wire of its own; `leave` removes both. */
export async function postgresUnderTest(): Promise<DatabaseUnderTest & { leave(): Promise<void> }> {
  const server = await startPostgres();
  const direct = new URL(await server.createDatabase());
  const proxy = await TcpProxy.start(() => ({ host: '127.0.0.1', port: server.port }));
  const proxied = new URL(direct);
  proxied.port = String(proxy.port);
  return {
    url: proxied.href,
    proxy,
    restart: () => server.restart(),
    crash: async () => {
      await server.kill();
      await server.start();
    },
    leave: async () => {
      await proxy.stop();
      await server.leave();
    },
  };
}
