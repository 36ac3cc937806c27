// What strictness costs: `node test/bench/strict.mjs` reads the examples and the largest event with JSON.parse and with the
// gateway's reader, in turns, and prints microseconds for one and the ratio. Build first.
import 'reflect-metadata';
import { compileValidation } from '../../dist/contract/compiled-validation.js';
import { loadEventCatalog } from '../../dist/contract/load-event-catalog.js';
import { parseStrictJson } from '../../dist/kernel/strict-json.js';

const ROUNDS = 15;
const ROUND_MS = 60;

const catalog = await loadEventCatalog(new URL('../../dist/events/', import.meta.url), 'contoso');
const samples = catalog.definitions.map((definition) => ({
  name: definition.type,
  bytes: Buffer.from(JSON.stringify(definition.example)),
  definition,
}));
const [first] = samples;
const line = {
  sku: 'TEA-EARL-GREY-100',
  description: `Earl Grey, "loose" ${'x'.repeat(200 - 20)}`,
  quantity: '2',
  unitPrice: '9.95',
};
const largest = JSON.stringify({ ...first.definition.example, lines: Array.from({ length: 200 }, () => line) });
samples.push({
  name: 'the largest event',
  bytes: Buffer.from(largest.padEnd(64 * 1024, ' ')),
  definition: first.definition,
});

for (const { name, bytes, definition } of samples) {
  const faultsOf = compileValidation(definition);
  const readers = {
    parsed: () => JSON.parse(bytes.toString('utf8')),
    strict: () => parseStrictJson(bytes),
    judged: () => faultsOf(parseStrictJson(bytes).value),
  };
  const best = measure(readers);
  const ratio = (best.strict / best.parsed).toFixed(2);
  process.stdout.write(
    `${name}, ${bytes.length} bytes: JSON.parse ${best.parsed.toFixed(1)} us, strict ${best.strict.toFixed(1)} us (${ratio}), with validation ${best.judged.toFixed(1)} us\n`,
  );
}

/** The best of several rounds taken in turns: what else the machine does only ever adds. */
function measure(readers) {
  const best = {};
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, read] of Object.entries(readers)) {
      best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, microseconds(read));
    }
  }
  return best;
}

function microseconds(read) {
  const until = performance.now() + ROUND_MS;
  const startedAt = performance.now();
  let times = 0;
  while (performance.now() < until) {
    for (let n = 0; n < 20; n++) read();
    times += 20;
  }
  return ((performance.now() - startedAt) * 1_000) / times;
}
