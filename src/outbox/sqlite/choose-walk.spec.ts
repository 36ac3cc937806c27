import { describe, expect, it } from '@jest/globals';
import type { EventFilter } from '../event-query.js';
import { chooseWalk } from './choose-walk.js';

describe('choosing an index', () => {
  it.each<[EventFilter, string]>([
    [{ key: 'P-1', status: 'dead', client: 'pos' }, 'sequence IN ('],
    [{ blocking: true, client: 'pos' }, 'INDEXED BY event_blocking'],
    [{ overdue: true, status: 'delivered', orderingKey: 'V-1' }, 'INDEXED BY event_overdue'],
    [{ orderingKey: 'V-1', status: 'dead' }, 'INDEXED BY event_line'],
    [{ status: 'dead', client: 'pos', source: 's' }, 'INDEXED BY event_given_up'],
    [{ status: 'cancelled' }, "status = 'cancelled'"],
    [{ source: 's', client: 'pos' }, 'INDEXED BY event_client'],
    [{ source: 's' }, 'NOT INDEXED WHERE true'],
    [{ client: 'pos', status: 'pending' }, 'INDEXED BY event_client'],
    [{ status: 'pending', type: 'T' }, 'INDEXED BY event_open'],
    [{ status: 'delivering' }, 'INDEXED BY event_open'],
    [{ status: 'delivered', type: 'T' }, 'NOT INDEXED WHERE true'],
    [{}, 'NOT INDEXED WHERE true'],
  ])('takes the one that leads to few others: %j', (filter, walk) => {
    expect(chooseWalk(filter)).toContain(walk);
  });
});
