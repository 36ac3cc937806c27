import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const START_DEADLINE_MS = 20_000;

/** Starts a script in a process of its own; resolves with what `ready` makes of the first line it knows. */
export async function startProcess(script, environment, ready) {
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { promise, resolve, reject } = Promise.withResolvers();
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const value = ready(line);
    if (value !== null) resolve(value);
  });
  child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)));
  const late = setTimeout(() => reject(new Error(`${script} was not ready in time`)), START_DEADLINE_MS);
  const end = async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  try {
    return { value: await promise, pid: child.pid, lines, stdin: child.stdin, end };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  } finally {
    clearTimeout(late);
  }
}

/** The built gateway; `value` is its address. */
export function startGateway(settings) {
  return startProcess(
    MAIN,
    { PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'info', ...settings },
    (line) => /"url":"([^"]+)".*gateway\.listening/.exec(line)?.[1] ?? null,
  );
}

/** A folder that is gone when the work is done. */
export async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Settings of a gateway whose Dataverse refuses connections: it accepts, and delivers nothing. */
export function withoutDataverse(folder) {
  return {
    DATABASE_URL: `sqlite:${join(folder, 'gateway.db')}`,
    DATAVERSE_URL: 'https://127.0.0.1:9',
    AZURE_AUTHORITY_HOST: 'https://127.0.0.1:9',
    AZURE_TENANT_ID: '11111111-2222-4333-8444-555555555555',
    AZURE_CLIENT_ID: 'aaaaaaaa-0000-4000-8000-000000000001',
    AZURE_CLIENT_SECRET: 'unused',
  };
}

export function median(figures) {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function percentile(figures, share) {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** What a process holds in memory now. */
export function residentMiB(pid) {
  const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kib) / 1024);
}
