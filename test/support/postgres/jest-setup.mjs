import { createServer } from 'node:net';
import { startGuardian } from './start-guardian.mjs';

/**
 * One server for a whole test run, started when the first test asks for it: whoever connects to the port in
 * SHARED_POSTGRES_PORT is told where it is, as one line of JSON.
 */
export default async function setUp() {
  let started = null;
  const guardian = () => {
    started ??= startGuardian();
    return started;
  };
  let server = null;
  const port = () => {
    server ??= guardian().command('start');
    return server;
  };
  const door = createServer(async (socket) => {
    socket.on('error', () => {});
    socket.end(
      await port().then(
        (found) => JSON.stringify({ port: found }),
        (error) => JSON.stringify({ error: error.message }),
      ),
    );
  });
  await new Promise((resolve) => door.listen(0, '127.0.0.1', resolve));
  door.unref();
  process.env.SHARED_POSTGRES_PORT = String(door.address().port);
  globalThis.endSharedPostgres = async () => {
    door.close();
    await started?.leave();
  };
}
