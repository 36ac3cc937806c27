import { describe, expect, it } from '@jest/globals';
import { BeyondConsentError } from '../../dataverse/provisioning/beyond-consent.error.js';
import type { Change, TableOperation } from '../../dataverse/provisioning/change.js';
import { type CutShort, cutShortInWords } from './cut-short-in-words.js';

const API = 'contoso_X';
const DELETION: TableOperation = { kind: 'delete', set: 'customapis', id: 'old' };
const CREATION: TableOperation = {
  kind: 'create',
  set: 'customapis',
  primaryKey: 'customapiid',
  id: 'new',
  row: {},
  binds: [],
};
const RECREATION: Change = {
  action: 'recreate',
  component: 'custom-api',
  name: API,
  type: 'X',
  differences: [],
  recreates: API,
  operations: [{ kind: 'delete', set: 'catalogassignments', id: 'a' }, DELETION, CREATION],
};

function cutShort(more: Partial<CutShort>): string {
  const stop = { at: RECREATION, writes: 0, mayHaveRun: false, error: null };
  const rest = { done: [], left: [], further: [], obstacles: [], recreations: [] };
  return cutShortInWords({ kind: 'cut-short', ...stop, ...rest, ...more });
}

describe('an apply that is cut short', () => {
  it.each<[string, number, boolean, string | null]>([
    ['before the first write', 0, false, null],
    ['behind the assignment', 1, false, null],
    ['in the deletion', 1, true, 'may not exist now'],
    ['behind the deletion', 2, false, 'does not exist now'],
    ['in the creation', 2, true, 'may not exist now'],
    ['behind the creation', 3, false, null],
  ])('%s says whether the custom API exists', (_where, writes, mayHaveRun, says) => {
    const words = cutShort({ writes, mayHaveRun });
    if (says === null) expect(words).not.toContain('exist now');
    else expect(words).toContain(`${API} ${says}.`);
  });

  it('in an ordinary write says that it may have been made', () => {
    const at: Change = { ...RECREATION, action: 'update', operations: [{ ...CREATION, kind: 'update' }] };
    expect(cutShort({ at, mayHaveRun: true })).toMatch(
      /Its first write may have been made all the same\. 0 changes made/,
    );
  });

  it.each<[string, unknown]>([
    ['called off', null],
    ['found to cost more', new BeyondConsentError(['a step'])],
  ])('before anything was written says that nothing was changed: %s', (_why, error) => {
    expect(cutShort({ error })).toMatch(/Nothing was changed\.$/);
  });
});
