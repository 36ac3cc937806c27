import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from '@jest/globals';
import { eventIdOf } from '../../src/receipts/context/event-id-of.js';
import { readContext } from '../../src/receipts/context/read-context.js';
import { writeContext } from '../../src/receipts/context/write-context.js';
import { readSample } from './support/read-sample.js';

const EVENTS = 4_000;
const ID = '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70';

it('leaves nothing of a body in memory but the ids that are kept of it', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const body = writeContext(readContext(readSample('purchase-raised')));
  const seen = new Set<string | null>();
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < EVENTS; n++) {
    const id = `${String(n).padStart(8, '0')}${ID.slice(8)}`;
    seen.add(eventIdOf(readContext(Buffer.from(body.replaceAll(ID, id)).toString('utf8'))));
  }
  collectGarbage();
  expect(seen.size).toBe(EVENTS);
  expect((process.memoryUsage().heapUsed - before) / EVENTS).toBeLessThan(body.length / 2);
});
