import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';

const SCRIPT = fileURLToPath(new URL('post.lua', import.meta.url));
const hasWrk = spawnSync('wrk', ['--version']).error === undefined;

/** The tool that sends: wrk where it is installed, for it leaves most of the machine to the server; else autocannon. */
export const LOAD_TOOL = hasWrk ? 'wrk' : 'autocannon';

/**
 * Posts events with fresh keys over so many connections, `items` of them to a request. Resolves with requests per second,
 * their 99th percentile in milliseconds, and how many were not answered with 2xx.
 */
export function postEvents(load) {
  return hasWrk ? byWrk(load) : byAutocannon(load);
}

async function byWrk({ url, path, apiKey, event, key, connections, seconds, items = 1 }) {
  const [start, end] = JSON.stringify({ ...event, [key]: '\u0001' }).split('\\u0001');
  const child = spawn('wrk', ['-t1', `-c${connections}`, `-d${seconds}`, '-s', SCRIPT, url], {
    env: {
      ...process.env,
      BENCH_KEY: apiKey,
      BENCH_PATH: path,
      BENCH_BODY_START: start,
      BENCH_BODY_END: end,
      BENCH_ITEMS: String(items),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await once(child, 'close');
  const [, requests, duration, p99, failed] = /BENCH (\S+) (\S+) (\S+) (\S+)/.exec(output) ?? [];
  return { rate: Number(requests) / Number(duration), p99: Number(p99), failed: Number(failed) };
}

async function byAutocannon({ url, path, apiKey, event, key, connections, seconds, items = 1 }) {
  const headers = { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' };
  const run = Date.now();
  let count = 0;
  const next = () => ({ ...event, [key]: `${run}-${++count}` });
  const body = () => (items === 1 ? next() : { events: Array.from({ length: items }, next) });
  const setupRequest = (request) => ({ ...request, body: JSON.stringify(body()) });
  const requests = [{ method: 'POST', path, headers, setupRequest }];
  const result = await autocannon({ url, connections, duration: seconds, requests });
  return { rate: result.requests.average, p99: result.latency.p99, failed: result.non2xx + result.errors };
}
