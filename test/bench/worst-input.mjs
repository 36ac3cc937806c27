// What the worst input costs, after a build:
// `node --import ./test/support/typescript-hooks.mjs test/bench/worst-input.mjs`
// First the time of one body of 64 KiB, read and judged; then, of batches sent to a gateway in a process of its own, the
// time until the answer, the longest that another request waited meanwhile, and the most memory the process had.
import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';
import { contentReaderFor } from '../../src/ingest/content-reader.js';
import { parseStrictJson } from '../../src/kernel/strict-json.js';
import { WORST_BODIES } from '../ingest/support/worst-bodies.js';
import { createEnvironment } from '../support/environment.js';
import { GatewayProcess } from '../support/gateway-process.js';

const PATH = '/v1/events/customer-purchase';
const BATCH_BYTES = 8 * 1024 * 1024;

const catalog = await loadEventCatalog(new URL('../../src/events/', import.meta.url), 'contoso');
const read = contentReaderFor(catalog.find('CustomerPurchase'));
for (const [what, body] of WORST_BODIES) say(`64 KiB, ${what}`, `${leastMs(Buffer.from(body)).toFixed(1)} ms`);

const small = JSON.stringify({ lines: Array.from({ length: 40 }, () => ({})) });
const batches = [
  ...WORST_BODIES.map(([what, body]) => [`8 MiB of ${what}`, batchOf(body)]),
  ['1000 events of one character', batchOf('1')],
  ['1000 small events with a hundred faults each', batchOf(small)],
  ['8 MiB that are a list', `[${'{},'.repeat(2_700_000)}{}]`],
];
for (const [what, body] of batches) for (const times of [1, 8]) await measure(`${times} x ${what}`, body, times);

function leastMs(bytes) {
  return Math.min(...Array.from({ length: 20 }, () => msOf(() => attempt(bytes))));
}

function msOf(work) {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

function attempt(bytes) {
  try {
    read(parseStrictJson(bytes));
  } catch {
    return;
  }
  throw new Error('the worst body was accepted');
}

function batchOf(item) {
  const count = Math.min(1_000, Math.floor((BATCH_BYTES - 20) / (item.length + 1)));
  return `{"events":[${Array.from({ length: count }, () => item).join()}]}`;
}

/** Each batch at a gateway of its own, so that the peak of its memory is of this batch. */
async function measure(what, body, times) {
  const environment = await createEnvironment();
  const gateway = await GatewayProcess.start(environment.settings);
  try {
    const headers = {
      Authorization: `Bearer ${await environment.createClient('till')}`,
      'Content-Type': 'application/json',
    };
    const send = async () => (await fetch(`${gateway.url}${PATH}/batch`, { method: 'POST', headers, body })).text();
    const others = askOthers(gateway.url);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = await peakMiB(gateway.pid);
    const startedAt = performance.now();
    const answers = await Promise.all(Array.from({ length: times }, send));
    const took = performance.now() - startedAt;
    const longest = await others.end();
    const after = await peakMiB(gateway.pid);
    const answered = answers[0].length / 1024 / 1024;
    say(
      what,
      `${took.toFixed(0)} ms, others ${longest.toFixed(0)} ms, peak ${before} -> ${after} MiB, answer ${answered.toFixed(1)} MiB`,
    );
  } finally {
    await gateway.stop();
    await environment.remove();
  }
}

function askOthers(url) {
  let isOver = false;
  let longest = 0;
  const asking = (async () => {
    while (!isOver) {
      const startedAt = performance.now();
      await (await fetch(`${url}/health/live`)).text();
      longest = Math.max(longest, performance.now() - startedAt);
    }
  })();
  return {
    end: async () => {
      isOver = true;
      await asking;
      return longest;
    },
  };
}

async function peakMiB(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1024);
}

function say(what, figures) {
  process.stdout.write(`${what.padEnd(64)} ${figures}\n`);
}
