import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Cell, Row } from '../../src/emulator/tables/table-definition.js';
import { createProvisioningEnvironment, type ProvisioningEnvironment } from './support/provisioning-environment.js';

/**
 * What becomes of a column that somebody changed: `mended` by apply, `recreated` by apply where that is agreed to,
 * `told` by verify and left as it is.
 */
type Fate = 'mended' | 'recreated' | 'told';

const API = 'contoso_CustomerPurchase';
const ROOT = 'contoso_ContosoCustomerManagement';

/** Every column that makes a difference, by table; a value it drifts to, and what becomes of it. */
const COLUMNS: Readonly<Record<string, readonly (readonly [column: string, drifted: Cell, fate: Fate])[]>> = {
  customapi: [
    ['uniquename', 'contoso_customerpurchase', 'recreated'],
    ['name', 'Something', 'mended'],
    ['displayname', 'Something', 'mended'],
    ['description', 'Something else.', 'mended'],
    ['bindingtype', 1, 'recreated'],
    ['boundentitylogicalname', 'account', 'recreated'],
    ['isfunction', true, 'recreated'],
    ['isprivate', true, 'mended'],
    ['allowedcustomprocessingsteptype', 2, 'recreated'],
    ['allowedcustomprocessingsteptype', 0, 'recreated'],
    ['workflowsdkstepenabled', true, 'recreated'],
    ['executeprivilegename', 'prvReadAccount', 'told'],
    ['iscustomizable', true, 'told'],
    ['statecode', 1, 'mended'],
    ['plugintypeid', 'b1b1b1b1-0000-4000-8000-000000000001', 'recreated'],
  ],
  customapirequestparameter: [
    ['uniquename', 'eventid', 'recreated'],
    ['name', 'Something', 'mended'],
    ['displayname', 'Something', 'mended'],
    ['description', 'Something else.', 'mended'],
    ['type', 10, 'recreated'],
    ['isoptional', true, 'recreated'],
    ['logicalentityname', 'account', 'recreated'],
    ['iscustomizable', true, 'told'],
    ['statecode', 1, 'mended'],
  ],
  catalog: [
    ['uniquename', 'contoso_Something', 'told'],
    ['name', 'Something', 'mended'],
    ['displayname', 'Something', 'mended'],
    ['description', 'Something else.', 'told'],
    ['iscustomizable', true, 'told'],
    ['statecode', 1, 'mended'],
  ],
  catalogassignment: [
    ['name', null, 'mended'],
    ['name', 'Something', 'told'],
    ['iscustomizable', true, 'told'],
    ['statecode', 1, 'mended'],
  ],
};

const CASES = Object.entries(COLUMNS).flatMap(([table, columns]) =>
  columns.map((column) => [table, ...column] as const),
);

/** Filled by the platform, or of no meaning to an event: nobody can make a difference by them. */
const INDIFFERENT = new Set([
  'componentidunique',
  'componentstate',
  'overwritetime',
  'statuscode',
  'versionnumber',
  'objectidtype',
  'importsequencenumber',
  'overriddencreatedon',
  'timezoneruleversionnumber',
  'utcconversiontimezonecode',
]);

let environment: ProvisioningEnvironment;
beforeAll(async () => {
  environment = await createProvisioningEnvironment();
  environment.emulator.tables.putRow('plugintype', {
    plugintypeid: 'b1b1b1b1-0000-4000-8000-000000000001',
    name: 'Contoso.Refuse',
  });
  await environment.run('apply --yes');
});
afterAll(() => environment.remove());

/** The id of the row that drifts: of `CustomerPurchase`, or its parameter `EventId`. */
function drifting(table: string): string {
  const { customapiid = null } = environment.row('customapi', { uniquename: API });
  const where: Readonly<Record<string, Row>> = {
    customapi: { uniquename: API },
    customapirequestparameter: { uniquename: 'EventId', customapiid },
    catalog: { uniquename: ROOT },
    catalogassignment: { object: customapiid },
  };
  return String(environment.row(table, where[table] ?? {})[`${table}id`]);
}

/** What `verify` says about the one thing that is not as it was. */
async function onlyFinding(): Promise<{ readonly exitCode: number; readonly finding: unknown }> {
  const { exitCode, stdout } = await environment.run('verify --json');
  const { findings } = JSON.parse(stdout);
  expect(findings).toHaveLength(1);
  return { exitCode, finding: findings[0] };
}

async function expectAllFits(): Promise<void> {
  expect(await environment.run('verify')).toMatchObject({ exitCode: 0 });
  expect(await environment.run('plan')).toMatchObject({ exitCode: 0 });
}

const IN_WORDS = { why: expect.stringMatching(/\w/), advice: expect.stringMatching(/\w/) };

describe('a column changed by hand', () => {
  it.each(CASES.filter(([, , , fate]) => fate !== 'told'))(
    '%s.%s to %j is %s',
    async (table, column, drifted, fate) => {
      const before = environment.provisioned();
      environment.emulator.tables.changeRow(table, drifting(table), { [column]: drifted });
      expect(await onlyFinding()).toMatchObject({
        exitCode: 2,
        finding: {
          ...IN_WORDS,
          severity: expect.stringMatching(/^(breaking|differing)$/),
          what: expect.stringContaining(column),
        },
      });
      expect(await environment.run('plan')).toMatchObject({ exitCode: 2, stdout: expect.stringContaining(column) });

      const isRecreated = fate === 'recreated';
      environment.writes();
      const unasked = isRecreated ? await environment.run('apply --yes') : null;
      expect(unasked?.exitCode ?? 3).toBe(3);
      expect(environment.writes()).toEqual([]);
      const agreed = isRecreated ? `apply --yes --recreate ${API} --without-gate` : 'apply --yes';
      expect(await environment.run(agreed)).toMatchObject({ exitCode: 0, stderr: '' });
      expect(environment.provisioned()).toEqual(before);
      await expectAllFits();
    },
  );

  it.each(CASES.filter(([, , , fate]) => fate === 'told'))('%s.%s to %j is %s', async (table, column, drifted) => {
    const id = drifting(table);
    const { [column]: original = null } = environment.emulator.tables.find(table, id) ?? {};
    environment.emulator.tables.changeRow(table, id, { [column]: drifted });
    expect(await onlyFinding()).toMatchObject({
      exitCode: 0,
      finding: { ...IN_WORDS, severity: 'tolerated', what: expect.stringContaining(column) },
    });
    environment.writes();
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0, stdout: 'Nothing to do.\n' });
    expect(environment.writes()).toEqual([]);
    environment.emulator.tables.changeRow(table, id, { [column]: original });
  });

  it.each(Object.keys(COLUMNS))('is one of all that %s has', (table) => {
    const definition = environment.emulator.tables.definition(table);
    const writable = (definition?.columns ?? []).filter(
      ({ type, onCreate }) => type !== 'guid' && type !== 'instant' && onCreate !== false,
    );
    const known = new Set((COLUMNS[table] ?? []).map(([column]) => column));
    const forgotten = writable.map(({ name }) => name).filter((name) => !known.has(name) && !INDIFFERENT.has(name));
    expect(forgotten).toEqual([]);
  });
});
