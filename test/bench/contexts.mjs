import { readFileSync } from 'node:fs';
import { readContext } from '../../dist/receipts/context/read-context.js';
import { writeContext } from '../../dist/receipts/context/write-context.js';
import { median } from './processes.mjs';

const ROUNDS = 9;
const ROUND_MS = 300;
/** As many different bodies of each kind, so that no text is read twice in a row. */
const BODIES = 100;
const LINES = 20;
const GUID = /[0-9a-f]{8}(?=-[0-9a-f]{4}-)/g;

/** Contexts read per second on one core, and what JSON.parse alone would do in the same rounds. */
export function contexts() {
  const purchase = sample('purchase-raised').replace(/\[\{\\"description.*?\}\]/, (lines) => longer(lines));
  return [
    ...rowsOf('a purchase of 20 lines', purchase),
    ...rowsOf('a contact, twice with all its columns', sample('contact-created')),
  ];
}

function rowsOf(what, text) {
  const bodies = Array.from({ length: BODIES }, (_, n) => text.replace(GUID, (id) => shifted(id, n)));
  const readers = { read: readContext, parsed: JSON.parse, both: (body) => writeContext(readContext(body)) };
  const rates = Object.fromEntries(Object.keys(readers).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, read] of Object.entries(readers)) rates[name].push(perSecond(read, bodies));
  }
  const { read, parsed, both } = Object.fromEntries(Object.entries(rates).map(([name, all]) => [name, median(all)]));
  const size = `${(Buffer.byteLength(text) / 1024).toFixed(1)} KiB`;
  return [
    { what: `contexts read, ${what} (${size})`, figure: `${shown(read)}/s on one core`, toReach: '>= 10,000/s' },
    { what: `  JSON.parse alone; read and written`, figure: `${shown(parsed)}/s; ${shown(both)}/s`, toReach: '' },
  ];
}

/** Of this process's own time on its cores, the garbage collector's included: what else the machine does is not counted. */
function perSecond(read, bodies) {
  const startedAt = process.cpuUsage();
  let times = 0;
  let usedMs = 0;
  while (usedMs < ROUND_MS) {
    for (const body of bodies) read(body);
    times += bodies.length;
    const { user, system } = process.cpuUsage(startedAt);
    usedMs = (user + system) / 1_000;
  }
  return (times * 1_000) / usedMs;
}

/** A sample as it comes over the wire, without space between its tokens. */
function sample(name) {
  const text = readFileSync(new URL(`../receipts/samples/${name}.txt`, import.meta.url), 'utf8');
  return writeContext(readContext(text));
}

function longer(lines) {
  const [first] = lines.slice(1, -1).split(/(?<=\}),/);
  return `[${Array.from({ length: LINES }, () => first).join(',')}]`;
}

function shifted(id, n) {
  return ((Number.parseInt(id, 16) + n) >>> 0).toString(16).padStart(8, '0');
}

function shown(rate) {
  return Math.round(rate).toLocaleString('en');
}
