import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OperatorActions } from '../../../src/outbox/operator-actions.js';
import { StorageError } from '../../../src/outbox/storage.error.js';
import { type Caller, expectProblem } from '../../ingest/support/caller.js';
import { until } from '../../support/until.js';
import { type AdminApp, startAdminApp } from './support/admin-app.js';
import { eventIn, eventsIn } from './support/ended-events.js';

const MANY = 700;

let app: AdminApp;
let chief: Caller;
/** What the store's own replayStep is to do instead, once. */
let insteadOfStep: (() => Promise<void>) | null = null;
let steps = 0;

beforeAll(async () => {
  app = await startAdminApp({ actions: watched });
  chief = await app.client('chief', { operator: true });
});
afterAll(() => app.close());

function watched(real: OperatorActions): OperatorActions {
  return withStep(real, async (step) => {
    steps += 1;
    await insteadOfStep?.();
    return real.replayStep(step);
  });
}

function withStep(real: OperatorActions, replayStep: OperatorActions['replayStep']): OperatorActions {
  return {
    replay: (id, options) => real.replay(id, options),
    cancel: (id, by) => real.cancel(id, by),
    erase: (id, by) => real.erase(id, by),
    countReplayable: (filter, force, after) => real.countReplayable(filter, force, after),
    replayStep,
  };
}

async function statusesOf(ids: readonly string[]): Promise<readonly (string | undefined)[]> {
  const events = await Promise.all(ids.map((id) => app.store.outbox.find(id)));
  return [...new Set(events.map((event) => event?.status))].sort();
}

function many(source: string): Promise<readonly string[]> {
  return eventsIn(
    app.store,
    'dead',
    Array.from({ length: MANY }, () => ({ source })),
  );
}

describe('a replay by filter', () => {
  it('tells with dryRun how many it would be, and does nothing', async () => {
    const id = await eventIn(app.store, 'dead', { source: 'dry' });
    await eventIn(app.store, 'delivered', { source: 'dry' });

    const { status, body } = await chief.post('/v1/replays', { filter: { source: 'dry' }, dryRun: true });

    expect({ status, body }).toEqual({ status: 200, body: { count: 1, dryRun: true } });
    expect((await app.store.outbox.find(id))?.status).toBe('dead');
    const forced = await chief.post('/v1/replays', { filter: { source: 'dry' }, force: true, dryRun: true });
    expect(forced.body).toEqual({ count: 2, dryRun: true });
  });

  it('replays what fits, in several steps, and leaves the rest', async () => {
    const [ids, other] = [await many('steps'), await eventIn(app.store, 'dead', { source: 'other' })];
    const before = app.rings();
    steps = 0;

    const { body } = await chief.post('/v1/replays', {
      filter: { source: 'steps', status: 'dead' },
      reason: 'repaired',
    });

    expect(body).toEqual({ count: MANY, dryRun: false });
    expect(steps).toBeGreaterThan(2);
    expect(app.rings()).toBeGreaterThan(before);
    expect(await statusesOf(ids)).toEqual(['pending']);
    expect((await app.store.outbox.find(other))?.status).toBe('dead');
    const [newest] = await app.store.audit.list({ before: null, limit: 1 });
    expect(newest).toMatchObject({ by: 'chief', action: 'event.replay', detail: expect.stringContaining('repaired') });
    expect(newest?.subject).toContain('steps');
  });

  it('posted again finds nothing left to do', async () => {
    const filter = { source: 'again' };
    await eventIn(app.store, 'dead', filter);
    expect((await chief.post('/v1/replays', { filter })).body.count).toBe(1);
    expect((await chief.post('/v1/replays', { filter })).body.count).toBe(0);
  });

  it('brings delivered ones back only with force', async () => {
    const filter = { source: 'lost', status: 'delivered' };
    const id = await eventIn(app.store, 'delivered', { source: 'lost' });
    expectProblem(await chief.post('/v1/replays', { filter }), 'invalid-request', [
      '/filter/status may be delivered only where force is true',
    ]);
    expect((await chief.post('/v1/replays', { filter, force: true })).body.count).toBe(1);
    expect((await app.store.outbox.find(id))?.status).toBe('pending');
  });

  it('lets others through between its steps', async () => {
    await many('live');
    let finished = false;
    const replay = chief.post('/v1/replays', { filter: { source: 'live' } }).then(() => {
      finished = true;
    });
    await until(() => steps > 0);
    const id = await eventIn(app.store, 'pending', { source: 'live-other' });
    expect(finished).toBe(false);
    expect((await app.store.outbox.find(id))?.status).toBe('pending');
    await replay;
  });

  it('goes on when the caller hangs up', async () => {
    const ids = await many('hung-up');
    const controller = new AbortController();
    insteadOfStep = async () => {
      insteadOfStep = null;
      controller.abort();
    };
    const request = fetch(`${app.url}/v1/replays`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${chief.apiKey}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ filter: { source: 'hung-up' } }),
      signal: controller.signal,
    });
    await expect(request).rejects.toThrow();
    await until(async () => `${await statusesOf(ids)}` === 'pending');
  });

  it('shared by two operators replays each event once', async () => {
    const ids = await many('shared');
    const filter = { source: 'shared' };
    const answers = await Promise.all([chief.post('/v1/replays', { filter }), chief.post('/v1/replays', { filter })]);
    expect(answers.map(({ body }) => Number(body.count)).reduce((sum, count) => sum + count)).toBe(MANY);
    expect(await statusesOf(ids)).toEqual(['pending']);
  });

  it('says how far it came when the store fails, and where to go on', async () => {
    const ids = await many('failing');
    steps = 0;
    insteadOfStep = async () => {
      if (steps < 2) return;
      insteadOfStep = null;
      throw new StorageError('storage-not-stored', 'the disk is full');
    };

    const failed = await chief.post('/v1/replays', { filter: { source: 'failing' } });

    expectProblem(failed, 'storage-unknown');
    const { count: done, after } = failed.body;
    expect(failed.body.detail).toContain(`${done} events were replayed; post it again with "after": "${after}"`);
    expect(Number(done)).toBeGreaterThan(0);
    const rest = await chief.post('/v1/replays', { filter: { source: 'failing' }, after });
    expect(Number(done) + Number(rest.body.count)).toBe(MANY);
    expect(await statusesOf(ids)).toEqual(['pending']);
  });

  it('is plainly not done when the store fails at once', async () => {
    await eventIn(app.store, 'dead', { source: 'failing-at-once' });
    insteadOfStep = async () => {
      insteadOfStep = null;
      throw new StorageError('storage-not-stored', 'the disk is full');
    };
    const failed = await chief.post('/v1/replays', { filter: { source: 'failing-at-once' } });
    expectProblem(failed, 'storage-unavailable');
  });
});

describe('a replay that cannot be', () => {
  const TEXT = 'must be a text of 1 to 1000 characters, without U+0000 and lone surrogates';

  it.each([
    ['nothing', {}, ['/filter is required']],
    ['everything there is', { filter: {} }, ['/filter must name at least one thing']],
    ['no object', { filter: 'dead' }, ['/filter must be an object']],
    ['what is not known', { filter: { colour: 'red' } }, ['/filter/colour is not a known property']],
    ['pending ones', { filter: { status: 'pending' } }, ['/filter/status must be "dead" or "delivered"']],
    ['a number', { filter: { type: 5 } }, [`/filter/type ${TEXT}`]],
    ['a text for a flag', { filter: { type: 'A' }, force: 'yes' }, ['/force must be true or false']],
    ['another cursor', { filter: { type: 'A' }, after: 'x' }, ['/after must be a cursor as an answer gave it']],
    ['no blocking', { filter: { blocking: false } }, ['/filter/blocking must be true, or left out']],
    ['all at once', { filter: { type: '' }, x: 1 }, [`/filter/type ${TEXT}`, '/x is not a known property']],
  ])('is refused for %s', async (_what, body, errors) => {
    expectProblem(await chief.post('/v1/replays', body), 'invalid-request', errors);
  });

  it('is for operators', async () => {
    const till = await app.client('till', { publish: ['*'], operator: false });
    expectProblem(await till.post('/v1/replays', { filter: { client: 'till' } }), 'forbidden');
  });
});

describe('a gateway that stops', () => {
  it('leaves a replay off between two steps, and says where to go on', async () => {
    const stopping = await startAdminApp({
      actions: (real) =>
        withStep(real, (step) => {
          stopping.lifecycle.beginShutdown();
          return real.replayStep(step);
        }),
    });
    try {
      const operator = await stopping.client('chief', { operator: true });
      await eventsIn(
        stopping.store,
        'dead',
        Array.from({ length: MANY }, () => ({ source: 'stop' })),
      );

      const answer = await operator.post('/v1/replays', { filter: { source: 'stop' } });

      const later = await operator.post('/v1/replays', { filter: { source: 'stop' } });
      expect(later.body).toMatchObject({ count: 0 });
      expect(later.body).not.toHaveProperty('after');
      expect(answer.body).toMatchObject({ count: expect.any(Number), after: expect.any(String) });
      expect(later.body.detail).toBe('The gateway is stopping. Nothing was replayed.');
      expectProblem(answer, 'shutting-down');
      expect(answer.body.detail).toMatch(
        /^The gateway is stopping\. [1-9]\d* events were replayed; post it again with "after": /,
      );
      expect(await stopping.store.actions.countReplayable({ source: 'stop' }, false, 0)).toBeLessThan(MANY);
      expect(await stopping.store.actions.countReplayable({ source: 'stop' }, false, 0)).toBeGreaterThan(0);
    } finally {
      await stopping.close();
    }
  });
});
