import { describe, expect, it } from '@jest/globals';
import { DataverseRefusedError } from '../tables/dataverse-refused.error.js';
import { DataverseUnreachableError } from '../tables/dataverse-unreachable.error.js';
import { applyPlan } from './apply-plan.js';
import type { Change, Obstacle, TableOperation } from './change.js';
import type { Plan } from './plan/plan.js';
import type { Recreation } from './plan/plan-recreation.js';

const REFUSAL = {
  request: 'POST catalogs',
  status: 412,
  code: '0x80060892',
  text: null,
  meaning: null,
  serviceRequestId: null,
};
const REFUSED = new DataverseRefusedError(REFUSAL);

function change(name: string, more: Partial<Change> = {}): Change {
  const operations: readonly TableOperation[] = [{ kind: 'delete', set: 'catalogs', id: name }];
  return { action: 'create', component: 'catalog', name, type: null, differences: [], operations, ...more };
}

const RECREATION: Recreation = {
  type: 'X',
  name: 'contoso_X',
  scope: 'parts',
  reasons: [],
  subscribers: [],
  losses: [],
  advice: null,
  executePrivilege: null,
};
const RECREATE = { action: 'recreate', type: 'X', recreates: 'contoso_X' } as const;

function planOf(...changes: readonly Change[]): Plan {
  return { changes, recreations: [], obstacles: [] };
}

/** Applies with a Dataverse that throws what is foreseen for an id, and plans anew as foreseen. */
async function apply(
  plan: Plan,
  foreseen: Readonly<Record<string, Error>>,
  anew: readonly Plan[] = [],
  signal = new AbortController().signal,
) {
  const written: string[] = [];
  const plans = [...anew];
  const applied = await applyPlan(plan, {
    tables: {
      write: async (operation) => {
        const error = foreseen[operation.id];
        if (error !== undefined) throw error;
        written.push(operation.id);
      },
    },
    solution: null,
    replan: async () => {
      const next = plans.length > 1 ? plans.shift() : plans[0];
      if (next === undefined) throw new DataverseUnreachableError('GET catalogs', 'gone', false);
      return next;
    },
    onDone: () => {},
    signal,
  });
  return { applied, written };
}

describe('a refused change', () => {
  it('that is not due any more was made by somebody else, and the rest goes on', async () => {
    const { applied, written } = await apply(planOf(change('a'), change('b')), { a: REFUSED }, [planOf(change('b'))]);
    expect(applied).toMatchObject({ kind: 'done', done: [{ name: 'b' }] });
    expect(written).toEqual(['b']);
  });

  it('that is still due ends it, with what is left', async () => {
    const plan = planOf(change('a'), change('b'), change('c'));
    const { applied } = await apply(plan, { b: REFUSED }, [planOf(change('b'), change('c'))]);
    expect(applied).toMatchObject({
      kind: 'cut-short',
      done: [{ name: 'a' }],
      at: { name: 'b' },
      left: [{ name: 'c' }],
      error: REFUSED,
    });
  });

  it('ends it where nobody can be asked what is due now', async () => {
    expect((await apply(planOf(change('a')), { a: REFUSED })).applied).toMatchObject({
      kind: 'cut-short',
      error: REFUSED,
    });
  });

  it('is no consent to a recreation that was not agreed to', async () => {
    const anew = { ...planOf(change('b', RECREATE)), recreations: [RECREATION] };
    const { applied, written } = await apply(planOf(change('a')), { a: REFUSED }, [anew]);
    expect(applied).toMatchObject({ kind: 'cut-short', at: { name: 'a' }, error: { name: 'BeyondConsentError' } });
    expect(written).toEqual([]);
  });

  it('of one event type leaves the others to go on, and none of its own', async () => {
    const [catalog, one, two, later] = [
      change('catalog'),
      change('one', { type: 'One' }),
      change('two', { type: 'Two' }),
      change('later', { type: 'One' }),
    ];
    const { applied, written } = await apply(planOf(catalog, one, later, two), { one: REFUSED }, [
      planOf(one, later, two),
    ]);
    expect(written).toEqual(['catalog', 'two']);
    expect(applied).toMatchObject({
      kind: 'cut-short',
      done: [{ name: 'catalog' }, { name: 'two' }],
      at: { name: 'one' },
      left: [{ name: 'later' }],
      further: [],
    });
  });

  it('of each event type is told', async () => {
    const plan = planOf(change('one', { type: 'One' }), change('two', { type: 'Two' }));
    const { applied } = await apply(plan, { one: REFUSED, two: REFUSED }, [plan]);
    expect(applied).toMatchObject({
      at: { name: 'one' },
      further: [{ at: { name: 'two' }, error: REFUSED }],
      left: [],
    });
  });

  it('is explained with what stands in the way by now', async () => {
    const obstacle = { component: 'catalog', name: 'a', type: null, what: 'w', why: 'y', advice: 'd' } as const;
    const { applied } = await apply(planOf(change('a')), { a: REFUSED }, [{ ...planOf(), obstacles: [obstacle] }]);
    expect(applied).toMatchObject({ kind: 'done', done: [], obstacles: [obstacle] });
  });

  it('does not go round for ever between two that undo each other', async () => {
    const [a, b] = [planOf(change('a')), planOf(change('b'))];
    const plans = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? b : a));
    expect((await apply(a, { a: REFUSED, b: REFUSED }, plans)).applied.kind).toBe('cut-short');
  });
});

describe('an answer that does not come', () => {
  it('ends it, with how much of the change was made', async () => {
    const error = new DataverseUnreachableError('DELETE catalogs', 'cut off', true);
    const operations = ['a', 'b', 'c'].map((id) => ({ kind: 'delete' as const, set: 'catalogs', id }));
    const { applied } = await apply(planOf(change('x', { operations })), { c: error }, [planOf()]);
    expect(applied).toMatchObject({ kind: 'cut-short', writes: 2, error });
  });
});

describe('a recreation', () => {
  const plan = { ...planOf(change('a', RECREATE)), recreations: [RECREATION] };
  const flow = { component: 'flow', name: 'Thanks' } as const;
  const WITH_MORE: readonly (readonly [string, Recreation, string])[] = [
    ['another scope', { ...RECREATION, scope: 'custom-api' }, 'contoso_X has to be deleted and made anew'],
    ['another custom API', { ...RECREATION, name: 'contoso_Y' }, 'contoso_Y has to change for those'],
    ['a subscriber', { ...RECREATION, subscribers: [flow] }, 'contoso_X has the flow Thanks'],
    ['a loss', { ...RECREATION, losses: [{ component: 'step', name: 'S' }] }, 'contoso_X has the step S'],
  ];

  it.each(WITH_MORE)('is not begun where %s came to it since it was agreed to', async (_what, found, told) => {
    const { applied, written } = await apply(plan, {}, [{ ...plan, recreations: [found] }]);
    const error = { name: 'BeyondConsentError', message: expect.stringContaining(told) };
    expect(applied).toMatchObject({ kind: 'cut-short', done: [], writes: 0, error });
    expect(written).toEqual([]);
  });

  it('is not begun where its callers need another privilege than the one that was kept in mind', async () => {
    const whole: Recreation = { ...RECREATION, scope: 'custom-api' };
    const changed = { ...plan, recreations: [{ ...whole, executePrivilege: 'prvReadAccount' }] };
    const { applied, written } = await apply({ ...plan, recreations: [whole] }, {}, [changed]);
    const told = 'callers of contoso_X need prvReadAccount now';
    expect(applied).toMatchObject({ kind: 'cut-short', error: { message: expect.stringContaining(told) } });
    expect(written).toEqual([]);
  });

  const IN_THE_WAY = {
    component: 'custom-api',
    name: 'contoso_X',
    type: 'X',
    what: 'w',
    why: 'y',
    advice: 'd',
  } as const;
  it.each<[string, Obstacle]>([
    ['its custom API', IN_THE_WAY],
    ['a part of it', { ...IN_THE_WAY, name: 'contoso_X.EventId' }],
  ])(
    'that was refused half made is made by nobody else where %s cannot be planned any more',
    async (_what, obstacle) => {
      const operations = ['a', 'b'].map((id) => ({ kind: 'delete' as const, set: 'customapis', id }));
      const begun = { ...plan, changes: [change('x', { ...RECREATE, operations })] };
      const anew = { ...planOf(), obstacles: [obstacle] };
      const { applied, written } = await apply(begun, { b: REFUSED }, [begun, anew]);
      expect(applied).toMatchObject({ kind: 'cut-short', at: { name: 'x' }, writes: 1, error: REFUSED });
      expect(written).toEqual(['a']);
    },
  );

  it('that was refused half made goes on with what is due of it, and is known to be begun', async () => {
    const operations = ['a', 'b'].map((id) => ({ kind: 'delete' as const, set: 'customapis', id }));
    const begun = { ...plan, changes: [change('x', { ...RECREATE, operations })] };
    const asked: unknown[] = [];
    const applied = await applyPlan(begun, {
      tables: {
        write: async ({ id }) => {
          if (id === 'b') throw REFUSED;
        },
      },
      solution: null,
      replan: async (known) => {
        asked.push(known);
        return asked.length === 1 ? begun : planOf(change('rest', { type: 'X' }));
      },
      onDone: () => {},
      signal: new AbortController().signal,
    });
    expect(applied).toMatchObject({ kind: 'done', done: [{ name: 'rest' }] });
    expect(asked).toEqual([[RECREATION], [RECREATION]]);
  });

  it('is begun with less, and not where the environment cannot be read again', async () => {
    const less = { ...plan, recreations: [{ ...RECREATION, losses: [], subscribers: [] }] };
    const agreed = { ...plan, recreations: [{ ...RECREATION, subscribers: [flow] }] };
    expect((await apply(agreed, {}, [less])).applied.kind).toBe('done');
    const unread = await apply(plan, {});
    expect(unread).toMatchObject({
      written: [],
      applied: { kind: 'cut-short', error: { message: expect.stringContaining('gone') } },
    });
  });
});

describe('an interruption', () => {
  const operations = ['delete', 'make'].map((id) => ({ kind: 'delete' as const, set: 'customapis', id }));

  it('before the first change makes none', async () => {
    const { applied, written } = await apply(planOf(change('a')), {}, [], AbortSignal.abort());
    expect(applied).toMatchObject({ kind: 'cut-short', done: [], at: { name: 'a' }, left: [], error: null });
    expect(written).toEqual([]);
  });

  it('in a recreation lets everything of its event type be made, and nothing else', async () => {
    const interruption = new AbortController();
    const later = [change('other', { type: 'Y' }), change('step', { type: 'X' }), change('catalog')];
    const plan = planOf(change('api', { ...RECREATE, operations }), ...later);
    const written: string[] = [];
    const applied = await applyPlan(plan, {
      tables: {
        write: async ({ id }) => {
          written.push(id);
          interruption.abort();
        },
      },
      solution: null,
      replan: async () => plan,
      onDone: () => {},
      signal: interruption.signal,
    });
    expect(written).toEqual(['delete', 'make', 'step']);
    expect(applied).toMatchObject({ error: null, at: { name: 'other' }, left: [{ name: 'catalog' }] });
  });

  it('of a write under way leaves open whether it was made', async () => {
    const error = new DataverseUnreachableError('DELETE catalogs', 'aborted', true);
    const interruption = new AbortController();
    const applied = await applyPlan(planOf(change('a')), {
      tables: {
        write: async () => {
          interruption.abort();
          throw error;
        },
      },
      solution: null,
      replan: async () => planOf(),
      onDone: () => {},
      signal: interruption.signal,
    });
    expect(applied).toMatchObject({ kind: 'cut-short', writes: 0, mayHaveRun: true, error: null });
  });
});
