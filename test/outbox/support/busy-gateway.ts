/**
 * A process that works a store as hard as it can until it is killed, and says on standard output what it was promised:
 * `A <id>` accepted, `D <id>` delivered, `C <id>` confirmed, each only after the store had answered.
 */
import { SystemClock } from '../../../src/kernel/clock.js';
import { newEventId } from '../../../src/kernel/ids.js';
import { openStore } from '../../../src/outbox/open-store.js';
import { claim, DELIVERED, newEvent, settlementOf } from './events.js';
import { confirm } from './receipts.js';

const CONCURRENCY = 32;
const [databaseUrl = ''] = process.argv.slice(2);

const store = await openStore({ databaseUrl, role: 'owner', clock: new SystemClock() });
const owner = newEventId();
let accepted = 0;

await Promise.all([...Array.from({ length: CONCURRENCY }, acceptForEver), deliverForEver()]);

async function acceptForEver(): Promise<void> {
  for (;;) {
    accepted += 1;
    const orderingKey = accepted % 2 === 0 ? `V-${accepted % 10}` : null;
    const results = await store.outbox.append([newEvent({ orderingKey })]);
    for (const { id } of results) process.stdout.write(`A ${id}\n`);
  }
}

async function deliverForEver(): Promise<void> {
  for (;;) {
    const events = await claim(store, { owner, limit: 20 });
    await store.outbox.settle(events.map((event) => settlementOf(event, DELIVERED)));
    for (const { id } of events) process.stdout.write(`D ${id}\n`);
    await Promise.all(events.map(({ id }) => confirmOne(id)));
  }
}

async function confirmOne(id: string): Promise<void> {
  const { result } = await confirm(store, id);
  if (result === 'confirmed') process.stdout.write(`C ${id}\n`);
}
