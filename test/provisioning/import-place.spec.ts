import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ExitCode } from '../../src/cli/exit-codes.js';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';
import { type ImportChoices, importEvent } from '../../src/dataverse/importing/import-event.js';
import type { RegisteredApi, RegisteredCatalog } from '../../src/dataverse/importing/registered-api.js';
import { createImportingEnvironment, type ImportingEnvironment } from './support/importing-environment.js';
import { NOTHING_ASKED, registeredApi } from './support/registered-apis.js';

const { definitions: shipped } = await loadEventCatalog(new URL('../../src/events/', import.meta.url), 'contoso');

function told(how: Partial<RegisteredApi>, choices: Partial<ImportChoices> = {}): readonly string[] {
  const verdict = importEvent(registeredApi(how), { ...NOTHING_ASKED, known: shipped, ...choices });
  const remarks = verdict.kind === 'refused' ? verdict.refusals : verdict.remarks;
  return remarks.map(({ about, what }) => `${verdict.kind}: ${about}: ${what}`);
}

function catalog(uniqueName: string, name: string, displayName = name): RegisteredCatalog {
  return { uniqueName, name, displayName };
}

const ABOUT = 'contoso_OnGoodsReceived';

describe('a place that would keep every event type from being provisioned', () => {
  it.each([
    ['words without a letter', { root: 'Shop', category: '***' }, 'The category "***" has no letter a-z and no digit'],
    [
      'words that other definitions spell otherwise',
      { root: 'Contoso customer management', category: 'Goods' },
      '"Contoso Customer Management" and "Contoso customer management" would both be contoso_ContosoCustomerManagement',
    ],
  ])('is refused: %s', (_what, asked, fault) => {
    expect(told({}, { catalog: asked })).toEqual([expect.stringContaining(`refused: ${ABOUT}: ${fault}`)]);
  });

  it('is refused where the API stands in it', () => {
    const root = catalog('contoso_ContosoCustomerManagement', 'Contoso customer management');
    const place = { root, category: catalog('contoso_ContosoCustomerManagement_Goods', 'Goods') };
    expect(told({ place })).toEqual([expect.stringContaining('spell them alike')]);
  });

  it('is not looked for in the definition that is written anew, nor told of others', () => {
    const [one, other] = shipped;
    const broken = shipped.map((definition) => ({ ...definition, catalog: { root: '***', category: '***' } }));
    expect(told({ uniqueName: `contoso_${one?.name}` }, { catalog: other?.catalog ?? null })).not.toContainEqual(
      expect.stringContaining('refused'),
    );
    expect(told({}, { known: broken })).not.toContainEqual(expect.stringContaining('refused'));
  });
});

describe('what becomes of a place', () => {
  const ours = catalog('contoso_Warehouse', 'Warehouse');
  const theirs = catalog('fab_Warehouse', 'Warehouse');

  it('is told where it is found by its words alone', () => {
    const place = { root: theirs, category: catalog('fab_Warehouse_Receipts', 'Receipts') };
    expect(told({ place })).toContainEqual(
      'imported: fab_Warehouse, fab_Warehouse_Receipts: a definition finds it by its words alone; where contoso_Warehouse ' +
        'and contoso_Warehouse_Receipts is there too, `plan` will assign the event to that as well',
    );
  });

  it('is told where no definition finds it', () => {
    const place = { root: theirs, category: catalog('fab_Warehouse_Receipts', 'Receipts ') };
    expect(told({ place })).toContainEqual(expect.stringContaining('so no definition finds it'));
  });

  it.each([
    ['blanks around its words', catalog('contoso_Warehouse_Receipts', 'Receipts ')],
    ['a name that is not what makers read', catalog('contoso_Warehouse_Receipts', 'receipts', 'Receipts')],
  ])('is told of %s', (_what, category) => {
    expect(told({ place: { root: ours, category } })).toContainEqual(
      'imported: contoso_Warehouse_Receipts: `plan` will call it "Receipts"',
    );
  });

  it('is nothing where a definition says all of it, or another place was asked for', () => {
    const place = { root: theirs, category: catalog('fab_Warehouse_Receipts', 'Receipts') };
    const aboutPlaces = expect.stringMatching(/Warehouse.*plan/);
    expect(told({})).not.toContainEqual(aboutPlaces);
    expect(told({ place }, { catalog: { root: 'Goods', category: 'In' } })).not.toContainEqual(aboutPlaces);
  });
});

describe('import', () => {
  let environment: ImportingEnvironment;
  beforeEach(async () => {
    environment = await createImportingEnvironment();
  });
  afterEach(() => environment.remove());

  it('writes nothing that plan would refuse', async () => {
    await environment.run('apply', '--yes');
    const run = await environment.run(
      ...['import', 'contoso_CustomerPurchase', '--force', '--out', `${environment.folder.path}/x.event.ts`],
      ...['--catalog', 'contoso finance', '--category', '***'],
    );
    expect(run).toMatchObject({ exitCode: ExitCode.Refused, stdout: '' });
    expect(run.stderr).toContain('The category "***" has no letter a-z and no digit');
    expect(await readdir(environment.folder.path)).toEqual([]);
  });

  it('foretells what plan does to a catalog with blanks around its words', async () => {
    await environment.run('apply', '--yes');
    const { catalogid } = environment.row('catalog', 'displayname', 'Customer Events');
    environment.emulator.tables.changeRow('catalog', String(catalogid), { displayname: 'Customer Events ' });
    const out = `${environment.folder.path}/x.event.ts`;
    const { stderr } = await environment.run('import', 'contoso_CustomerPurchase', '--force', '--out', out);
    expect(stderr).toContain('`plan` will call it "Customer Events"');
    const [definition] = (await environment.folder.load()).definitions;
    expect(definition && (await environment.plan(definition))).toEqual([
      'update catalog contoso_ContosoCustomerManagement_CustomerEvents displayname',
    ]);
  });
});
