import { describe, expect, it } from '@jest/globals';
import { DataverseRefusedError } from '../tables/dataverse-refused.error.js';
import { DataverseUnreachableError } from '../tables/dataverse-unreachable.error.js';
import { applyPlan } from './apply-plan.js';
import type { Change, TableOperation } from './change.js';
import type { Plan } from './plan/plan.js';

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

function planOf(...changes: readonly Change[]): Plan {
  return { changes, recreations: [], obstacles: [] };
}

/** Applies with a Dataverse that throws what is foreseen for an id, and plans anew as foreseen. */
async function apply(
  plan: Plan,
  foreseen: Readonly<Record<string, Error>>,
  anew: readonly Plan[] = [],
  consented: readonly string[] = [],
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
    consented: new Set(consented),
    onDone: () => {},
    signal: new AbortController().signal,
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
    const anew = planOf(change('b', { action: 'recreate', recreates: 'contoso_X' }));
    const foreseen = { a: REFUSED };
    expect((await apply(planOf(change('a')), foreseen, [anew])).applied.kind).toBe('cut-short');
    expect((await apply(planOf(change('a')), foreseen, [anew], ['contoso_X'])).applied.kind).toBe('done');
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
