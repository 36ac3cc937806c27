import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientsService } from '../../src/access/clients.service.js';
import { openStore } from '../../src/outbox/open-store.js';
import type { Store } from '../../src/outbox/store.js';
import { ManualClock } from '../support/manual-clock.js';

const ANN = 'cli:ann@till';

describe('what is done to clients', () => {
  const clock = new ManualClock();
  let store: Store;
  let clients: ClientsService;
  beforeEach(async () => {
    store = await openStore({ databaseUrl: 'sqlite::memory:', role: 'owner', clock });
    clients = new ClientsService(store.clients, clock);
  });
  afterEach(() => store.close());

  it('is audited: who, which client, and what it may do; never a key', async () => {
    const pos = await clients.create({ name: 'pos', publish: ['A', 'B'], operator: false }, ANN);
    const erp = await clients.create({ name: 'erp', publish: [], operator: true }, 'cli:bob@office');
    const rotated = await clients.rotate({ name: 'pos', keepHours: 24 }, ANN);
    await clients.revoke('pos', ANN);
    const lines = (await store.audit.list({ before: null, limit: 9 })).toReversed();
    expect(lines.map(({ by, action, subject, detail }) => [by, action, subject, detail])).toEqual([
      [ANN, 'client.create', 'pos', 'publishes A, B'],
      ['cli:bob@office', 'client.create', 'erp', 'operator'],
      [ANN, 'client.rotate', 'pos', expect.stringMatching(/^key \S+; the others end in 24 h$/)],
      [ANN, 'client.revoke', 'pos', null],
    ]);
    for (const { apiKey } of [pos, erp, rotated]) expect(JSON.stringify(lines)).not.toContain(apiKey);
  });

  it('leaves no line where it was refused', async () => {
    await clients.create({ name: 'pos', publish: ['*'], operator: false }, ANN);
    const refused = [
      clients.create({ name: 'pos', publish: ['*'], operator: false }, ANN),
      clients.create({ name: ' ', publish: ['*'], operator: false }, ANN),
      clients.rotate({ name: 'nobody', keepHours: 1 }, ANN),
      clients.revoke('nobody', ANN),
    ];
    expect((await Promise.allSettled(refused)).map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
    expect(await store.audit.list({ before: null, limit: 9 })).toHaveLength(1);
  });
});
