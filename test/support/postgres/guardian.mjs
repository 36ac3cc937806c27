/**
 * A process that keeps one PostgreSQL server for the process that forked it, and ends it when that one ends, however
 * that happens: a test run that was killed leaves neither a server nor its files behind. Driven by messages
 * `{ id, command }`; answers `{ id, port }` or `{ id, error }`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBinaries } from './binaries.mjs';

const PASSWORD = 'test-password';
/** After a kill, orphaned backends hold the shared memory for a moment: the next start is refused until they are gone. */
const START_TRIES = 40;

const [flags = '[]'] = process.argv.slice(2);
let programs = null;
let folder = null;
let port = null;
let server = null;
let launched = null;
let isLeaving = false;

const COMMANDS = { start, stop: () => end('SIGINT'), kill: () => end('SIGKILL') };

let turn = Promise.resolve();
process.on('message', ({ id, command }) => {
  turn = turn.then(async () => {
    try {
      await COMMANDS[command]();
      process.send?.({ id, port });
    } catch (error) {
      process.send?.({ id, error: String(error?.message ?? error) });
    }
  });
});
process.on('disconnect', leave);
process.on('SIGTERM', leave);
// The terminal tells everybody; whoever forked this one decides.
process.on('SIGINT', () => {});

async function start() {
  await initialise();
  for (let tries = 1; server === null; tries += 1) {
    const { process: candidate, ready, log } = launch();
    if (await ready) server = candidate;
    else if (tries === START_TRIES || isLeaving) throw new Error(`PostgreSQL did not start: ${log()}`);
    else await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function initialise() {
  if (folder !== null) return;
  programs = await findBinaries();
  folder = mkdtempSync(join(tmpdir(), 'gateway-postgres-'));
  const passwordFile = `${folder}.password`;
  writeFileSync(passwordFile, `${PASSWORD}\n`, { mode: 0o600 });
  for (const path of [folder, passwordFile]) {
    if (programs.as.uid !== undefined) chownSync(path, programs.as.uid, programs.as.gid);
  }
  const options = ['--no-sync', '--no-instructions', '--locale=C', '--encoding=UTF8', '--auth=scram-sha-256'];
  const initdb = spawn(programs.initdb, ['-D', folder, '-U', 'gateway', `--pwfile=${passwordFile}`, ...options], {
    ...programs.as,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const errors = collect(initdb.stderr);
  const [code] = await once(initdb, 'close');
  rmSync(passwordFile);
  if (code !== 0) throw new Error(`initdb failed: ${errors()}`);
  port = await freePort();
}

function launch() {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];
  const given = [...settings, 'shared_buffers=64MB', 'checkpoint_timeout=30min', ...JSON.parse(flags)];
  const child = spawn(programs.postgres, ['-D', folder, '-p', String(port), ...given.flatMap((one) => ['-c', one])], {
    ...programs.as,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  launched = child;
  const log = collect(child.stderr);
  const ready = new Promise((resolve) => {
    child.stderr.on('data', () => log().includes('ready to accept connections') && resolve(true));
    child.once('close', () => resolve(false));
  });
  child.once('close', () => {
    if (server === child) server = null;
  });
  return { process: child, ready, log };
}

async function end(signal) {
  if (server === null) return;
  const closed = once(server, 'close');
  server.kill(signal);
  await closed;
}

/** Also while a server starts, or never gets ready. */
function leave() {
  isLeaving = true;
  launched?.kill('SIGQUIT');
  turn = turn
    .then(() => end('SIGQUIT'))
    .then(() => {
      for (const path of [folder, programs?.borrowed]) if (path) rmSync(path, { recursive: true, force: true });
      process.exit();
    });
}

/** The end of what a stream said, for the error that may follow. */
function collect(stream) {
  let text = '';
  stream.on('data', (chunk) => {
    text = `${text}${chunk}`.slice(-4000);
  });
  return () => text;
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: free } = probe.address();
  probe.close();
  await once(probe, 'close');
  return free;
}
