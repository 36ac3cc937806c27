// `npm run bench`, or `npm run bench -- accept drain latency start` for some of it. Prints one table; everything runs on
// loopback, bounded in time, and stops by itself. Figures of different runs are not to be compared: machines are noisy.
import { cpus } from 'node:os';
import { accept } from './accept.mjs';
import { bulk } from './bulk.mjs';
import { contexts } from './contexts.mjs';
import { drain } from './drain.mjs';
import { latency } from './latency.mjs';
import { limits, users } from './limits.mjs';
import { million } from './million.mjs';
import { postgres, replicas } from './postgres.mjs';
import { receipts } from './receipts.mjs';
import { start } from './start.mjs';

const PARTS = { accept, receipts, contexts, bulk, drain, latency, start, limits, users, million, postgres, replicas };

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  process.stderr.write(`no such part: ${unknown.join(', ')}. Parts: ${Object.keys(PARTS).join(', ')}\n`);
  process.exit(2);
}

process.stdout.write(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}\n\n`);
const rows = [];
for (const [name, part] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stderr.write(`${name} ...\n`);
  rows.push(...(await part()));
}
const width = Math.max(...rows.map(({ what }) => what.length));
for (const { what, figure, toReach } of rows) {
  process.stdout.write(`${what.padEnd(width)}  ${figure.padEnd(34)}  ${toReach}\n`);
}
