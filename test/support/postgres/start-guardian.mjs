import { fork } from 'node:child_process';

const PROGRAM = new URL('./guardian.mjs', import.meta.url);

/**
 * A PostgreSQL server of one's own, not yet started. `settings` are lines for its configuration, such as `fsync=off`.
 * The server ends with this process at the latest.
 */
export function startGuardian(settings = []) {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = fork(PROGRAM, [JSON.stringify(settings)], { env, execArgv: [], detached: true, stdio: 'ignore' });
  const waiting = new Map();
  let last = 0;
  child.on('message', ({ id, ...answer }) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
    rest();
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  exited.then(() => {
    for (const answer of waiting.values()) answer({ error: "PostgreSQL's guardian ended" });
  });
  rest();
  return { command, leave };

  /** `start`, `stop` or `kill`; resolves with the port once it is done. */
  function command(name) {
    const { promise, resolve, reject } = Promise.withResolvers();
    last += 1;
    waiting.set(last, ({ port, error }) => (error === undefined ? resolve(port) : reject(new Error(error))));
    child.ref();
    child.channel?.ref();
    child.send({ id: last, command: name });
    return promise;
  }

  /** Ends the server and removes its files. */
  async function leave() {
    child.ref();
    if (child.connected) child.disconnect();
    await exited;
  }

  /** A server that nobody waits for keeps no process alive. */
  function rest() {
    if (waiting.size > 0) return;
    child.unref();
    child.channel?.unref();
  }
}
