import { describe, expect, it } from '@jest/globals';
import {
  apiBody,
  catalogBody,
  created,
  HOW,
  parameterBody,
  rowOf,
  seededTables,
  webhookBody,
} from './support/seeded-tables.js';

const INTO = { ...HOW, solution: 'BusinessEvents' };

describe('a write to a solution', () => {
  it('makes what it creates part of it and of the default solution', () => {
    const tables = seededTables();
    const api = created(tables, 'customapi', apiBody({ CustomAPIRequestParameters: [parameterBody()] }), INTO);
    const parameter = `${rowOf(tables, 'customapirequestparameter', { customapiid: api }).customapirequestparameterid}`;
    const solutionsOf = (id: string) =>
      tables
        .rows('solutioncomponent')
        .flatMap(({ objectid, solutionid }) =>
          objectid === id ? [tables.find('solution', `${solutionid}`)?.uniquename] : [],
        );
    expect(solutionsOf(api)).toEqual(['Default', 'BusinessEvents']);
    expect(solutionsOf(parameter)).toEqual(['Default', 'BusinessEvents']);
  });

  it('that changes a row makes it part of it, once', () => {
    const tables = seededTables();
    const endpoint = created(tables, 'serviceendpoint', webhookBody());
    tables.update(['serviceendpoint', endpoint], { description: 'x' }, INTO);
    tables.update(['serviceendpoint', endpoint], { description: 'y' }, INTO);
    expect(tables.rows('solutioncomponent').filter(({ objectid }) => objectid === endpoint)).toMatchObject([
      { componenttype: 95 },
      { componenttype: 95 },
    ]);
  });

  it('finds it in whatever case', () => {
    expect(seededTables().create('catalog', catalogBody(), { ...HOW, solution: 'BUSINESSEVENTS' })).toMatchObject({
      kind: 'done',
    });
  });

  it.each(['create', 'update', 'delete'] as const)('that is not there is refused: %s', (verb) => {
    const tables = seededTables();
    const id = created(tables, 'catalog', catalogBody());
    const how = { ...HOW, solution: 'Nowhere' };
    const result = {
      create: () => tables.create('catalog', catalogBody({ uniquename: 'contoso_Other' }), how),
      update: () => tables.update(['catalog', id], { name: 'x' }, how),
      delete: () => tables.delete(['catalog', id], how),
    }[verb]();
    expect(result).toMatchObject({
      kind: 'refused',
      status: 400,
      code: '0x80040203',
      message: expect.stringMatching(/'Nowhere' was not found/),
    });
    expect(tables.find('catalog', id)?.name).toBe('contoso_Sales');
  });

  it('that is managed is refused', () => {
    const tables = seededTables();
    tables.changeRow('solution', `${rowOf(tables, 'solution', { uniquename: 'BusinessEvents' }).solutionid}`, {
      ismanaged: true,
    });
    expect(tables.create('catalog', catalogBody(), INTO)).toMatchObject({ status: 400, code: '0x8004f024' });
    expect(tables.create('catalog', catalogBody(), { ...INTO, managed: true })).toMatchObject({ kind: 'done' });
    expect(rowOf(tables, 'catalog', {}).ismanaged).toBe(true);
  });
});

describe('a unique name', () => {
  const names: readonly (readonly [string, string | null, boolean])[] = [
    ['contoso_OnX', 'BusinessEvents', true],
    ['new_OnX', 'BusinessEvents', false],
    ['OnX', 'BusinessEvents', false],
    ['contosoOnX', 'BusinessEvents', false],
    ['Contoso_OnX', 'BusinessEvents', false],
    ['contoso_OnX', null, true],
    ['new_OnX', null, true],
    ['other_OnX', null, false],
  ];
  it.each(names)('%s in solution %s: taken %s', (uniquename, solution, taken) => {
    const tables = seededTables();
    for (const [table, body] of [
      ['customapi', apiBody({ uniquename })],
      ['catalog', catalogBody({ uniquename })],
    ] as const) {
      const result = tables.create(table, body, { ...HOW, solution });
      if (taken) expect(result).toMatchObject({ kind: 'done' });
      else
        expect(result).toMatchObject({
          status: 400,
          code: '0x800608ad',
          message: expect.stringMatching(/must start with a valid customization prefix/),
        });
    }
  });

  it('of a parameter needs no prefix', () => {
    const tables = seededTables();
    expect(tables.create('customapi', apiBody({ CustomAPIRequestParameters: [parameterBody()] }), INTO)).toMatchObject({
      kind: 'done',
    });
  });

  it('follows the prefix that the emulator was given', () => {
    const tables = seededTables();
    tables.changeRow('publisher', `${rowOf(tables, 'publisher', { uniquename: 'contoso' }).publisherid}`, {
      customizationprefix: 'pos',
    });
    expect(tables.create('catalog', catalogBody({ uniquename: 'pos_Sales' }), INTO)).toMatchObject({ kind: 'done' });
    expect(tables.create('catalog', catalogBody(), INTO)).toMatchObject({
      message: expect.stringMatching(/The prefix for solution BusinessEvents is pos/),
    });
  });
});

describe('a solution', () => {
  const of = (uniquename: string, version = '1.0.0.0') => ({ uniquename, friendlyname: 'x', version });
  const bodies: readonly (readonly [string, Record<string, unknown>, string | null])[] = [
    ['a name and a version', of('Mine'), null],
    ['a short version', of('Mine', '1.0'), null],
    ['a name with a space', of('My Solution'), '0x8004f002'],
    ['a name that starts with a digit', of('1Mine'), '0x8004f002'],
    ['a name that is taken', of('businessevents'), '0x8004f023'],
    ['no version', { uniquename: 'Mine', friendlyname: 'x' }, '0x80040203'],
    ['a version that is none', of('Mine', 'first'), '0x80040203'],
  ];
  it.each(bodies)('with %s', (_case, body, code) => {
    const tables = seededTables();
    const { publisherid } = rowOf(tables, 'publisher', { uniquename: 'contoso' });
    const result = tables.create('solution', { ...body, 'publisherid@odata.bind': `publishers(${publisherid})` }, HOW);
    expect(result).toMatchObject(code === null ? { kind: 'done' } : { kind: 'refused', code });
  });

  it('without publisher is refused', () => {
    expect(seededTables().create('solution', of('Mine'), HOW)).toMatchObject({
      code: '0x80040203',
      message: expect.stringMatching(/'publisherid'/),
    });
  });

  it('can be changed, and keeps its name then', () => {
    const tables = seededTables();
    const { solutionid, uniquename } = rowOf(tables, 'solution', { uniquename: 'BusinessEvents' });
    expect(tables.update(['solution', `${solutionid}`], { version: '1.0.0.1' }, HOW)).toMatchObject({ kind: 'done' });
    expect(tables.find('solution', `${solutionid}`)).toMatchObject({ version: '1.0.0.1', uniquename });
  });

  it('cannot change its name', () => {
    const tables = seededTables();
    const { solutionid } = rowOf(tables, 'solution', { uniquename: 'BusinessEvents' });
    expect(tables.update(['solution', `${solutionid}`], { uniquename: 'Other' }, HOW)).toMatchObject({
      kind: 'refused',
    });
  });
});

describe('a publisher’s prefix', () => {
  it.each([
    ['abc', true],
    ['a1', true],
    ['abcdefgh', true],
    ['a', false],
    ['1ab', false],
    ['a_b', false],
    ['mscrmx', false],
    ['', false],
    ['abcdefghi', false],
  ])('%s: taken %s', (customizationprefix, taken) => {
    const body = { uniquename: 'p', friendlyname: 'P', customizationprefix };
    expect(seededTables().create('publisher', body, HOW).kind).toBe(taken ? 'done' : 'refused');
  });
});
