// Creates publishers in the tables of a folder without end, and vouches for each on a line of its own.
import { writeSync } from 'node:fs';
import { Tables } from '../../../src/emulator/tables/tables.js';
import { TablesFile } from '../../../src/emulator/tables/tables-file.js';
import { DEFAULT_UNCONFIRMED_POINTS } from '../../../src/emulator/unconfirmed-points.js';
import { SystemClock } from '../../../src/kernel/clock.js';

const clock = new SystemClock();
const file = new TablesFile(process.argv[2] ?? '');
const tables = new Tables({ clock, points: DEFAULT_UNCONFIRMED_POINTS, file });

for (;;) {
  const uniquename = `p${process.pid}_${tables.revision}`;
  const body = { uniquename, friendlyname: uniquename, customizationprefix: 'abc', description: 'x'.repeat(500) };
  if (tables.create('publisher', body, { userId: null, solution: null }).kind === 'done')
    writeSync(1, `${uniquename}\n`);
}
