import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newEventId } from '../../src/kernel/ids.js';
import { eventIn, eventsIn } from '../operations/admin/support/ended-events.js';
import { openStoreBeside, type StoreBeside } from './support/store-beside.js';

const CONTENT = 'marker-of-the-content';

let beside: StoreBeside;
beforeEach(async () => {
  beside = await openStoreBeside();
});
afterEach(() => beside.remove());

interface Gone {
  readonly contentGone: object | null;
}

async function statusOf(id: string): Promise<string | undefined> {
  return (await beside.store.outbox.find(id))?.status;
}

function many(count: number, source = 'many'): Promise<readonly string[]> {
  return eventsIn(
    beside.store,
    'dead',
    Array.from({ length: count }, () => ({ source })),
  );
}

describe('events list', () => {
  it('answers in JSON as the API does, the newest first, page by page', async () => {
    const ids = await many(5);
    const { exitCode, stdout } = await beside.run(['events', 'list', '--status', 'dead', '--limit', '3', '--json']);
    const page = JSON.parse(stdout) as { events: { id: string; links: object }[]; next: string };
    expect(exitCode).toBe(0);
    expect(page.events.map(({ id }) => id)).toEqual(ids.toReversed().slice(0, 3));
    expect(page.events[0]?.links).toEqual({ self: expect.any(String), attempts: expect.any(String) });

    const rest = await beside.run(['events', 'list', '--status', 'dead', '--cursor', page.next, '--json']);
    expect(JSON.parse(rest.stdout)).toMatchObject({ events: [{ id: ids[1] }, { id: ids[0] }], next: null });
  });

  it('is readable for a person, shows no content, and tells that there is more', async () => {
    await eventsIn(beside.store, 'dead', [{ key: 'a\u001b[2J', data: CONTENT }, { key: 'P-2' }]);
    const { stdout, stderr } = await beside.run(['events', 'list', '--limit', '1']);
    expect(stdout).toMatch(/^ID +TYPE +STATUS/);
    expect(stdout).toMatch(/ CustomerPurchase +dead +rejected +P-2 /);
    expect(stderr).toMatch(/^There are more: --cursor \S+, or --all\n$/);
    expect((await beside.run(['events', 'list', '--limit', '1', '--json'])).stderr).toBe(stderr);
    const all = await beside.run(['events', 'list']);
    expect(all.stdout).toContain('a?[2J');
    expect(all.stdout).not.toContain(CONTENT);
    expect(all.stderr).toBe('');
  });

  it('goes on to the end with --all, an event a line with --json', async () => {
    const ids = (await many(450)).toReversed();
    const { exitCode, stdout, stderr } = await beside.run(['events', 'list', '--source', 'many', '--all', '--json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(ids);
    const table = await beside.run(['events', 'list', '--source', 'many', '--all']);
    expect(table.stdout.trimEnd().split('\n')).toHaveLength(451);
    expect(await beside.run(['events', 'list', '--source', 'nowhere', '--all', '--json'])).toMatchObject({
      stdout: '',
    });
  });

  it.each([
    ['--status', 'gone'],
    ['--limit', '0'],
    ['--from', 'yesterday'],
    ['--cursor', 'x'],
    ['--colour', 'red'],
  ])('ends with 2 for %s %s', async (...option) => {
    expect(await beside.run(['events', 'list', ...option])).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

describe('events replay', () => {
  it('brings one event back', async () => {
    const id = await eventIn(beside.store, 'dead');
    const { exitCode, stdout } = await beside.run(['events', 'replay', id, '--json']);
    expect({ exitCode, ...JSON.parse(stdout) }).toMatchObject({ exitCode: 0, id, status: 'pending' });
  });

  it.each([
    ['delivered', [], 3],
    ['delivered', ['--force'], 0],
    ['cancelled', ['--force'], 3],
    ['pending', [], 3],
    ['delivering', [], 3],
  ] as const)('of an event that is %s with %j ends with %i', async (status, options, exitCode) => {
    const id = await eventIn(beside.store, status);
    expect(await beside.run(['events', 'replay', id, ...options])).toMatchObject({ exitCode });
    expect(await statusOf(id)).toBe(exitCode === 0 ? 'pending' : status);
  });

  it('by filter replays everything that fits, and nothing else', async () => {
    const [ids, other] = [await many(600), await eventIn(beside.store, 'dead', { source: 'other' })];
    const { exitCode, stdout, stderr } = await beside.run(['events', 'replay', '--source', 'many', '--yes', '--json']);
    expect({ exitCode, stdout: JSON.parse(stdout), stderr }).toEqual({
      exitCode: 0,
      stdout: { count: 600, dryRun: false },
      stderr: '',
    });
    expect(new Set(await Promise.all(ids.map(statusOf)))).toEqual(new Set(['pending']));
    expect(await statusOf(other)).toBe('dead');
  });

  it('only counts with --dry-run', async () => {
    const [id = ''] = await many(2);
    const { exitCode, stdout } = await beside.run(['events', 'replay', '--status', 'dead', '--dry-run']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '2 events would be replayed.\n' });
    expect(await statusOf(id)).toBe('dead');
  });

  it('does nothing where nobody can be asked and --yes is missing', async () => {
    const [id = ''] = await many(2);
    const { exitCode, stdout, stderr } = await beside.run(['events', 'replay', '--status', 'dead']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toContain('--yes');
    expect(stderr).toContain('Nothing was changed.');
    expect(await statusOf(id)).toBe('dead');
  });

  it.each([
    ['y', 0],
    ['yes', 0],
    ['YES ', 0],
    ['n', 3],
    ['', 3],
    ['yeah', 3],
  ])('asks a person, and takes %j for an answer', async (answer, exitCode) => {
    const [id = ''] = await many(2);
    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return answer;
    };
    expect(await beside.run(['events', 'replay', '--status', 'dead'], { ask })).toMatchObject({ exitCode });
    expect(questions).toEqual(['2 events are to be replayed. [y/N] ']);
    expect(await statusOf(id)).toBe(exitCode === 0 ? 'pending' : 'dead');
  });

  it('asks nothing where nothing fits', async () => {
    const { exitCode, stdout } = await beside.run(['events', 'replay', '--source', 'nowhere']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '0 events were replayed.\n' });
  });

  it('interrupted between two steps says how far it came, and goes on from there', async () => {
    const ids = await many(600);
    const { interruption, abort } = interruptedAfterOneStep();
    const run = beside.run(['events', 'replay', '--source', 'many', '--yes', '--json'], { interruption });
    const { exitCode, stdout, stderr } = await run;
    abort();

    const { count, next } = JSON.parse(stdout) as { count: number; next: string };
    expect(exitCode).toBe(1);
    expect(stderr).toBe(`Interrupted after ${count} events; the same command with --after ${next} does the rest.\n`);
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(600);
    expect(await beside.store.actions.countReplayable({ source: 'many' }, false, 0)).toBe(600 - count);

    const dry = await beside.run(['events', 'replay', '--source', 'many', '--force', '--dry-run', '--after', next]);
    expect(dry.stdout).toBe(`${600 - count} events would be replayed.\n`);
    await beside.run(['events', 'replay', '--source', 'many', '--yes', '--after', next]);
    expect(new Set(await Promise.all(ids.map(statusOf)))).toEqual(new Set(['pending']));
  });

  it('interrupted before its first step has changed nothing', async () => {
    const [id = ''] = await many(2);
    const args = ['events', 'replay', '--source', 'many', '--yes', '--json'];
    const { exitCode, stdout, stderr } = await beside.run(args, { interruption: AbortSignal.abort() });
    expect({ exitCode, stdout: JSON.parse(stdout) }).toEqual({ exitCode: 1, stdout: { count: 0, dryRun: false } });
    expect(stderr).toBe('Interrupted after 0 events; the same command begins anew.\n');
    expect(await statusOf(id)).toBe('dead');
  });

  it.each([
    ['nothing', []],
    ['an id and a filter', [newEventId(), '--status', 'dead']],
    ['an id and a dry run', [newEventId(), '--dry-run']],
    ['delivered ones without force', ['--status', 'delivered', '--yes']],
    ['pending ones', ['--status', 'pending', '--yes']],
    ['a reason of two lines', [newEventId(), '--reason', 'a\nb']],
  ])('ends with 2 for %s', async (_what, args) => {
    expect(await beside.run(['events', 'replay', ...args])).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

/** A signal that is first looked at before the first step, and is aborted when it is looked at again. */
function interruptedAfterOneStep(): { interruption: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  let looks = 0;
  const interruption = new Proxy(controller.signal, {
    get: (signal, property) => {
      if (property === 'aborted') return looks++ > 0;
      return Reflect.get(signal, property, signal);
    },
  });
  return { interruption, abort: () => controller.abort() };
}

describe('events cancel', () => {
  it.each([
    ['pending', 0],
    ['dead', 0],
    ['delivering', 3],
    ['delivered', 3],
    ['cancelled', 3],
  ] as const)('of an event that is %s ends with %i', async (status, exitCode) => {
    const id = await eventIn(beside.store, status);
    expect(await beside.run(['events', 'cancel', id, '--reason', 'why'])).toMatchObject({ exitCode });
    expect(await statusOf(id)).toBe(exitCode === 0 ? 'cancelled' : status);
  });
});

describe('events erase', () => {
  it.each([
    ['delivered', 0],
    ['dead', 0],
    ['cancelled', 0],
    ['pending', 3],
    ['delivering', 3],
  ] as const)('of an event that is %s ends with %i', async (status, exitCode) => {
    const id = await eventIn(beside.store, status, { data: `{"email":"${CONTENT}"}` });
    const { exitCode: code, stdout } = await beside.run(['events', 'erase', id, '--json']);
    expect(code).toBe(exitCode);
    expect(stdout).not.toContain(CONTENT);
    expect((await beside.store.outbox.find(id))?.data === null).toBe(exitCode === 0);
    expect(await statusOf(id)).toBe(status);
  });

  it('leaves nothing to replay', async () => {
    const id = await eventIn(beside.store, 'dead');
    await beside.run(['events', 'erase', id]);
    const { exitCode, stderr } = await beside.run(['events', 'replay', id]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr: 'The event is dead and its content is gone. Nothing was changed.\n',
    });
  });

  it('is told by show: when, by whom and why', async () => {
    const [id, other] = [await eventIn(beside.store, 'dead'), await eventIn(beside.store, 'dead')];
    await beside.run(['events', 'erase', id, '--reason', 'request 17']);
    await beside.run(['events', 'erase', other]);
    const { contentGone } = JSON.parse((await beside.run(['events', 'show', id, '--json'])).stdout) as Gone;
    expect(contentGone).toEqual({
      why: 'erased',
      at: expect.stringMatching(/Z$/),
      by: expect.stringMatching(/^cli:/),
      reason: 'request 17',
    });
    const { stdout } = await beside.run(['events', 'show', id]);
    expect(stdout).toMatch(/^content +erased \S+Z by cli:\S+: request 17$/m);
    expect((await beside.run(['events', 'show', other])).stdout).toMatch(/^content +erased \S+Z by cli:\S+$/m);
  });

  it('is no doing of retention, which show tells apart', async () => {
    const id = await eventIn(beside.store, 'delivered');
    expect(JSON.parse((await beside.run(['events', 'show', id, '--json'])).stdout)).toHaveProperty('contentGone', null);
    expect((await beside.run(['events', 'show', id])).stdout).not.toMatch(/^content /m);
    await beside.store.housekeeping.clearData({ endedBefore: Date.now() + 60_000, limit: 10 });
    expect((await beside.run(['events', 'show', id])).stdout).toMatch(/^content +cleared by retention$/m);
  });
});

describe.each([['replay'], ['cancel'], ['erase']])('events %s', (deed) => {
  it.each([[newEventId()], ["' or 1=1"]])('ends with 4 for %s', async (id) => {
    expect(await beside.run(['events', deed, id, '--json'])).toMatchObject({ exitCode: 4, stdout: '' });
  });
});
