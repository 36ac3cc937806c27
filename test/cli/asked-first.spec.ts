import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newEventId } from '../../src/kernel/ids.js';
import type { EventStatus } from '../../src/outbox/event-record.js';
import { eventIn } from '../operations/admin/support/ended-events.js';
import { openStoreBeside, type StoreBeside } from './support/store-beside.js';

let beside: StoreBeside;
let questions: string[];
beforeEach(async () => {
  beside = await openStoreBeside();
  questions = [];
});
afterEach(() => beside.remove());

/** A person at the terminal who gives this answer. */
function answering(answer: string) {
  return {
    ask: async (question: string) => {
      questions.push(question);
      return answer;
    },
  };
}

async function isDone(deed: string, id: string): Promise<boolean> {
  const event = await beside.store.outbox.find(id);
  return deed === 'erase' ? event?.data === null : event?.status === 'cancelled';
}

const REFUSED: Readonly<Record<string, readonly EventStatus[]>> = {
  cancel: ['delivering', 'delivered', 'cancelled'],
  erase: ['pending', 'delivering'],
};

describe.each([
  ['cancel', 'ends here for good: it is never sent'],
  ['erase', 'loses its content for good'],
])('events %s, which cannot be undone,', (deed, what) => {
  it.each([
    ['y', 0],
    ['n', 3],
    ['', 3],
  ])('says at a terminal which event it is, and takes %j for an answer', async (answer, exitCode) => {
    const id = await eventIn(beside.store, 'dead', { key: 'P-\u001b[2J1' });
    const run = await beside.run(['events', deed, id], answering(answer));
    expect(run).toMatchObject({ exitCode, stderr: exitCode === 0 ? '' : 'Nothing was changed.\n' });
    expect(questions).toEqual([expect.stringMatching(/^CustomerPurchase P-\?\[2J1 of \S+ \(dead\) .*\. \[y\/N\] $/)]);
    expect(questions[0]).toContain(what);
    expect(await isDone(deed, id)).toBe(exitCode === 0);
  });

  it('asks nobody with --yes', async () => {
    const id = await eventIn(beside.store, 'dead');
    expect(await beside.run(['events', deed, id, '--yes'], answering('n'))).toMatchObject({ exitCode: 0 });
    expect(questions).toEqual([]);
    expect(await isDone(deed, id)).toBe(true);
  });

  it('goes on where nobody can be asked, as scripts need it', async () => {
    const id = await eventIn(beside.store, 'dead');
    expect(await beside.run(['events', deed, id])).toMatchObject({ exitCode: 0 });
    expect(await isDone(deed, id)).toBe(true);
  });

  it.each(REFUSED[deed] ?? [])('asks nothing about an event that is %s: that is refused', async (status) => {
    const id = await eventIn(beside.store, status);
    expect(await beside.run(['events', deed, id], answering('y'))).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining(`An event that is ${status} is not`),
    });
    expect(questions).toEqual([]);
  });

  it('asks nothing about an event that is not there', async () => {
    expect(await beside.run(['events', deed, newEventId()], answering('y'))).toMatchObject({ exitCode: 4 });
    expect(questions).toEqual([]);
  });
});

it('events erase asks nothing about content that is gone already', async () => {
  const id = await eventIn(beside.store, 'dead');
  await beside.run(['events', 'erase', id]);
  expect(await beside.run(['events', 'erase', id], answering('y'))).toMatchObject({ exitCode: 3 });
  expect(questions).toEqual([]);
});
