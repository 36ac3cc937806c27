import { describe, expect, it } from '@jest/globals';
import { stableGuid } from '../../src/emulator/stable-guid.js';
import { ROOT_BUSINESS_UNIT_ID } from '../../src/emulator/tables/seeds/well-known-ids.js';
import { created, HOW, rowOf, seededTables } from './support/seeded-tables.js';

const ROOT = { 'businessunitid@odata.bind': `/businessunits(${ROOT_BUSINESS_UNIT_ID})` };
const APPLICATION = { firstname: 'Gateway', lastname: 'Sender', applicationid: stableGuid('application') };
const ASSOCIATION = 'systemuserroles_association';
const CUSTOMIZER = stableGuid('role System Customizer');

it('keeps users without an application apart', () => {
  const tables = seededTables();
  const [one, other] = [created(tables, 'systemuser', ROOT), created(tables, 'systemuser', ROOT)];
  expect(one).not.toBe(other);
});

describe('an application user', () => {
  it('gets its name, its Entra object and its access mode', () => {
    const tables = seededTables();
    const id = created(tables, 'systemuser', { ...APPLICATION, ...ROOT });
    expect(tables.find('systemuser', id)).toMatchObject({
      fullname: 'Gateway Sender',
      azureactivedirectoryobjectid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      accessmode: 4,
      isdisabled: false,
    });
  });

  it('without business unit is refused by an error that says nothing, as in Dataverse', () => {
    expect(seededTables().create('systemuser', APPLICATION, HOW)).toEqual({
      kind: 'refused',
      status: 400,
      code: '0x80040216',
      message: 'An unexpected error occurred.',
    });
  });

  it('is one per application', () => {
    const tables = seededTables();
    created(tables, 'systemuser', { ...APPLICATION, ...ROOT });
    expect(tables.create('systemuser', { ...APPLICATION, ...ROOT }, HOW)).toMatchObject({ status: 412 });
  });
});

describe('a role', () => {
  it('belongs to the root business unit where none is said, and has its name for itself there', () => {
    const tables = seededTables();
    const id = created(tables, 'role', { name: 'Sender' });
    expect(tables.find('role', id)?.businessunitid).toBe(ROOT_BUSINESS_UNIT_ID);
    expect(tables.create('role', { name: 'Sender', ...ROOT }, HOW)).toMatchObject({ status: 412 });
    expect(tables.create('role', { name: 'Sender' }, HOW)).toMatchObject({ status: 412 });
  });

  it('is given and taken, twice as well as once', () => {
    const tables = seededTables();
    const user = created(tables, 'systemuser', { ...APPLICATION, ...ROOT });
    const ends = [
      ['systemuser', user],
      ['role', CUSTOMIZER],
    ] as const;
    tables.associate({ navigation: ASSOCIATION, ends: ends }, HOW);
    expect(tables.associate({ navigation: ASSOCIATION, ends: [ends[1], ends[0]] }, HOW)).toMatchObject({
      kind: 'done',
    });
    expect(tables.rows('systemuserroles')).toMatchObject([{ systemuserid: user, roleid: CUSTOMIZER }]);
    expect(tables.disassociate({ navigation: ASSOCIATION, ends: ends }, HOW)).toMatchObject({ kind: 'done' });
    expect(tables.rows('systemuserroles')).toEqual([]);
    expect(tables.disassociate({ navigation: ASSOCIATION, ends: ends }, HOW)).toMatchObject({
      kind: 'refused',
      status: 400,
    });
  });

  it('of another business unit is not given', () => {
    const tables = seededTables();
    const elsewhere = created(tables, 'businessunit', {
      name: 'Elsewhere',
      'parentbusinessunitid@odata.bind': `businessunits(${ROOT_BUSINESS_UNIT_ID})`,
    });
    const user = created(tables, 'systemuser', {
      ...APPLICATION,
      'businessunitid@odata.bind': `businessunits(${elsewhere})`,
    });
    const result = tables.associate(
      {
        navigation: ASSOCIATION,
        ends: [
          ['systemuser', user],
          ['role', CUSTOMIZER],
        ],
      },
      HOW,
    );
    expect(result).toMatchObject({ status: 400, message: expect.stringMatching(/business unit/) });
  });

  it.each(['systemuser', 'role'])('is not given where the %s is not there', (missing) => {
    const tables = seededTables();
    const user = created(tables, 'systemuser', { ...APPLICATION, ...ROOT });
    const nobody = stableGuid('nobody');
    const ends = [
      ['systemuser', missing === 'systemuser' ? nobody : user],
      ['role', missing === 'role' ? nobody : CUSTOMIZER],
    ] as const;
    expect(tables.associate({ navigation: ASSOCIATION, ends: ends }, HOW)).toMatchObject({
      status: 404,
      code: '0x80040217',
    });
  });

  it('gets privileges with their depth, and again with another', () => {
    const tables = seededTables();
    const role = created(tables, 'role', { name: 'Sender' });
    const { privilegeid } = rowOf(tables, 'privilege', { name: 'prvReadCustomAPI' });
    const ends = [
      ['role', role],
      ['privilege', `${privilegeid}`],
    ] as const;
    tables.associate({ navigation: 'roleprivileges_association', ends, cells: { privilegedepthmask: 1 } }, HOW);
    tables.associate({ navigation: 'roleprivileges_association', ends, cells: { privilegedepthmask: 8 } }, HOW);
    expect(tables.rows('roleprivileges').filter(({ roleid }) => roleid === role)).toMatchObject([
      { privilegedepthmask: 8 },
    ]);
  });

  it('of another business unit can be taken away', () => {
    const tables = seededTables();
    const user = created(tables, 'systemuser', { ...APPLICATION, ...ROOT });
    const ends = [
      ['systemuser', user],
      ['role', CUSTOMIZER],
    ] as const;
    tables.associate({ navigation: ASSOCIATION, ends: ends }, HOW);
    tables.changeRow('systemuser', user, { businessunitid: stableGuid('elsewhere') });
    expect(tables.disassociate({ navigation: ASSOCIATION, ends: ends }, HOW)).toMatchObject({ kind: 'done' });
  });

  it('that is deleted is nobody’s any more', () => {
    const tables = seededTables();
    const user = created(tables, 'systemuser', { ...APPLICATION, ...ROOT });
    const role = created(tables, 'role', { name: 'Sender' });
    tables.associate(
      {
        navigation: ASSOCIATION,
        ends: [
          ['systemuser', user],
          ['role', role],
        ],
      },
      HOW,
    );
    expect(tables.delete(['role', role], HOW)).toMatchObject({ kind: 'done' });
    expect(tables.rows('systemuserroles')).toEqual([]);
  });
});

describe('the roles of a new organization', () => {
  it.each([
    ['System Administrator', '0x80041d2e', '0x80041d31'],
    ['System Customizer', '0x80041d4a', null],
  ])('stay: %s', (name, deleted, changed) => {
    const tables = seededTables();
    const id = stableGuid(`role ${name}`);
    expect(tables.delete(['role', id], HOW)).toMatchObject({ status: 400, code: deleted });
    const update = tables.update(['role', id], { description: 'x' }, HOW);
    expect(update).toMatchObject(changed === null ? { kind: 'done' } : { status: 400, code: changed });
  });

  const privilegesOf = (name: string) => {
    const tables = seededTables();
    const { roleid } = rowOf(tables, 'role', { name });
    const pairs = tables.rows('roleprivileges').filter((row) => row.roleid === roleid);
    return {
      all: tables.rows('privilege').length,
      names: pairs.map((row) => tables.find('privilege', `${row.privilegeid}`)?.name),
    };
  };

  it('let the administrator do everything', () => {
    const { all, names } = privilegesOf('System Administrator');
    expect(names).toHaveLength(all);
    expect(names).toEqual(
      expect.arrayContaining(['prvCreateUser', 'prvReadCustomAPI', 'prvWriteSdkMessageProcessingStep']),
    );
  });

  it('let the customizer do everything but decide who may', () => {
    const { names } = privilegesOf('System Customizer');
    expect(names).toEqual(expect.arrayContaining(['prvCreateCustomAPI', 'prvCreateServiceEndpoint', 'prvReadUser']));
    expect(names).not.toContain('prvCreateUser');
    expect(names).not.toContain('prvWriteRole');
  });
});

it('refuses an association that there is not', () => {
  const result = seededTables().associate(
    {
      navigation: 'teamroles_association',
      ends: [
        ['role', CUSTOMIZER],
        ['role', CUSTOMIZER],
      ],
    },
    HOW,
  );
  expect(result).toMatchObject({ status: 400, code: '0x80048d19' });
});
