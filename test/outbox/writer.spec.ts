import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteOutbox } from '../../src/outbox/sqlite/sqlite-outbox.js';
import { startWriterThread } from '../../src/outbox/sqlite/start-writer-thread.js';
import { Writer } from '../../src/outbox/sqlite/writer.js';
import { ManualClock } from '../support/manual-clock.js';
import { newEvent } from './support/events.js';

describe('the writer', () => {
  let thread: Worker;
  let writer: Writer;
  let outbox: SqliteOutbox;
  beforeEach(async () => {
    thread = await startWriterThread({ file: ':memory:', role: 'owner' });
    writer = new Writer(thread, new ManualClock());
    outbox = new SqliteOutbox(writer);
  });
  afterEach(() => writer.close());

  it('says unknown to all who wait when its thread dies, and reports that it failed', async () => {
    const calls = Array.from({ length: 10 }, () => outbox.append([newEvent()]));
    await thread.terminate();
    const settled = await Promise.allSettled(calls);
    expect(settled.map((call) => call.status === 'rejected' && call.reason.code)).toEqual(
      Array(10).fill('storage-unknown'),
    );
    expect(await writer.failed).toMatchObject({ code: 'storage-unknown' });
  });

  it('takes nothing more once it has failed', async () => {
    await thread.terminate();
    await writer.failed;
    await expect(outbox.append([newEvent()])).rejects.toMatchObject({ code: 'storage-unknown' });
    await expect(outbox.measure()).rejects.toMatchObject({ code: 'storage-unknown' });
  });

  it('reports no failure where it was closed', async () => {
    await outbox.append([newEvent()]);
    await writer.close();
    const first = await Promise.race([writer.failed, Promise.resolve('no failure')]);
    expect(first).toBe('no failure');
  });

  it('refuses as not stored what cannot be sent to its thread, and works on', async () => {
    const unclonable = newEvent({ data: (() => 'no data') as unknown as string });
    await expect(outbox.append([unclonable])).rejects.toMatchObject({ code: 'storage-not-stored' });
    expect(await outbox.append([newEvent()])).toMatchObject([{ kind: 'accepted' }]);
  });

  it('refuses values the database does not take, and those alone', async () => {
    const wrong = newEvent({ version: 1.5 });
    const missing = { ...newEvent(), key: undefined as unknown as string };
    const calls = [[wrong], [missing], [newEvent()]].map((events) => outbox.append(events));
    const settled = await Promise.allSettled(calls);
    expect(settled.map((call) => (call.status === 'rejected' ? call.reason.code : 'stored'))).toEqual([
      'storage-not-stored',
      'storage-not-stored',
      'stored',
    ]);
  });
});
