import { describe, expect, it } from '@jest/globals';
import type { FoundRole, FoundUser, GrantState } from './grant-state.js';
import { type Grant, planGrant } from './plan-grant.js';

const GRANT: Grant = { clientId: 'app', roleName: 'Gateway', privileges: ['prvReadCustomAPI', 'prvReadCatalog'] };
const PRIVILEGES = new Map([
  ['prvReadCustomAPI', 'p1'],
  ['prvReadCatalog', 'p2'],
]);
const EMPTY: GrantState = { user: null, businessUnit: { id: 'bu', name: 'root' }, role: null, privileges: PRIVILEGES };

function role(...held: readonly (readonly [id: string, depth: string])[]): FoundRole {
  return { id: 'role', privileges: held.map(([id, depth]) => ({ id, name: id, depth })) };
}

function user(changes: Partial<FoundUser> = {}): FoundUser {
  return { id: 'user', name: 'till', isDisabled: false, businessUnitId: 'bu', roleIds: [], ...changes };
}

function plan(changes: Partial<GrantState>) {
  let made = 0;
  return planGrant(GRANT, { ...EMPTY, ...changes }, () => `new-${++made}`);
}

describe('planGrant', () => {
  it('makes role and user from nothing, the role first', () => {
    expect(plan({}).changes).toEqual([
      { kind: 'create-role', roleId: 'new-1' },
      {
        kind: 'add-privileges',
        roleId: 'new-1',
        privileges: [
          { id: 'p1', name: 'prvReadCustomAPI', depth: 'Global' },
          { id: 'p2', name: 'prvReadCatalog', depth: 'Global' },
        ],
      },
      { kind: 'create-user', userId: 'new-2' },
      { kind: 'assign-role', userId: 'new-2', roleId: 'new-1' },
    ]);
  });

  it('has nothing to do where all is as it should be', () => {
    const done = plan({ role: role(['p1', 'Global'], ['p2', 'Global']), user: user({ roleIds: ['role'] }) });
    expect(done).toEqual({ changes: [], notes: [], isDisabled: false });
  });

  it('completes a role that lacks a privilege, or has one for too few rows', () => {
    const { changes } = plan({ role: role(['p1', 'Basic']), user: user({ roleIds: ['role'] }) });
    expect(changes).toMatchObject([{ kind: 'add-privileges', privileges: [{ id: 'p1' }, { id: 'p2' }] }]);
  });

  it('asks of users no more than to read itself', () => {
    const privileges = new Map([['prvReadUser', 'p3']]);
    const grant = { ...GRANT, privileges: ['prvReadUser'] };
    const lacking = planGrant(grant, { ...EMPTY, privileges }, () => 'new').changes;
    expect(lacking).toContainEqual(
      expect.objectContaining({ privileges: [{ id: 'p3', name: 'prvReadUser', depth: 'Basic' }] }),
    );
    const wide = { ...EMPTY, privileges, role: role(['p3', 'Global']), user: user({ roleIds: ['role'] }) };
    expect(planGrant(grant, wide, () => 'new').changes).toEqual([]);
  });

  it('narrows nothing, and says what it leaves', () => {
    const wide = role(['p1', 'Global'], ['p2', 'Global'], ['p3', 'Global']);
    const { changes, notes } = plan({ role: wide, user: user({ roleIds: ['role', 'other'] }) });
    expect(changes).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('1 beyond the privileges')]);
  });

  it('says what the environment does not know', () => {
    const { changes, notes } = plan({ privileges: new Map([['prvReadCustomAPI', 'p1']]) });
    expect(changes).toContainEqual(
      expect.objectContaining({ privileges: [{ id: 'p1', name: 'prvReadCustomAPI', depth: 'Global' }] }),
    );
    expect(notes).toEqual([expect.stringContaining('prvReadCatalog')]);
  });

  it('tells a deactivated user, and completes it all the same', () => {
    const { changes, notes, isDisabled } = plan({ user: user({ isDisabled: true }) });
    expect(isDisabled).toBe(true);
    expect(changes.at(-1)).toMatchObject({ kind: 'assign-role', userId: 'user' });
    expect(notes).toEqual([expect.stringContaining('deactivated')]);
  });
});
