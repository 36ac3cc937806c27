import { describe, expect, it } from '@jest/globals';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';
import { ParameterType } from '../../src/contract/parameter-type.js';
import { packedSolution } from '../../src/dataverse/provisioning/solution-files/packed-solution.js';
import {
  catalogAssignmentRow,
  catalogRow,
  customApiRow,
  requestParameterRow,
  type WishedRow,
} from '../../src/dataverse/provisioning/wished/wished-rows.js';
import type { WishedState } from '../../src/dataverse/provisioning/wished/wished-state.js';
import { wishedStateFor } from '../../src/dataverse/provisioning/wished/wished-state-for.js';
import type { Row } from '../../src/emulator/tables/table-definition.js';
import { type Running, runningEmulator } from '../emulator/support/running-emulator.js';
import { importPackage } from '../emulator/support/solution-package.js';

const EVERY_WORD = new URL('../contract/fixtures/every-word/', import.meta.url);

describe('every column of an export', () => {
  it('arrives, for every word an event can be written in', async () => {
    const { definitions } = await loadEventCatalog(EVERY_WORD, 'contoso');
    const wished = wishedStateFor(definitions, { prefix: 'contoso', solution: 'BusinessEvents' });
    expectArrival(await imported(wished), wished);
  });

  it('arrives, for every type a parameter can have, optional and required', async () => {
    const types = Object.entries(ParameterType);
    const requestParameters = types.flatMap(([name, type]) =>
      [true, false].map((isOptional) => ({
        uniqueName: `${name}${isOptional ? 'Optional' : ''}`,
        displayName: name,
        description: `A ${name}.`,
        type,
        isOptional,
        logicalEntityName: type === ParameterType.EntityReference && isOptional ? 'account' : null,
      })),
    );
    const wished = wishedWith({ requestParameters });
    expectArrival(await imported(wished), wished);
  });

  it.each([
    ['markup', `<customapi uniquename="x"> & </customapi> ]]> <!-- -->`],
    ['quotes', `"double" 'single' \`back\` „low“`],
    ['lines and tabs', 'one\ntwo\r\nthree\tfour'],
    ['what looks escaped', '&amp; &#60; %3C \\u003c'],
    ['scripts and signs', 'Käufe, 購入, مشتريات, 🧾👩‍👩‍👧'],
    ['words of other types', 'true'],
  ])('arrives, for texts with %s', async (_case, text) => {
    const wished = wishedWith({ displayName: text, description: text });
    expectArrival(await imported(wished), wished);
  });
});

function wishedWith(api: Partial<WishedState['customApis'][number]['api']>): WishedState {
  const { displayName = 'On Sale', description = 'Sold.', requestParameters = [] } = api;
  const catalog = { name: displayName, displayName, description, isDescribed: true };
  return {
    prefix: 'contoso',
    solution: 'BusinessEvents',
    catalogs: [
      { ...catalog, uniqueName: 'contoso_Shop', parent: null },
      { ...catalog, uniqueName: 'contoso_Shop_Sales', parent: 'contoso_Shop' },
    ],
    customApis: [
      {
        type: 'OnSale',
        category: 'contoso_Shop_Sales',
        api: { uniqueName: 'contoso_OnSale', displayName, description, requestParameters },
      },
    ],
  };
}

async function imported(wished: WishedState): Promise<Running> {
  const running = await runningEmulator({ customApis: [] });
  const publisher = { uniqueName: 'contoso', displayName: 'Contoso', prefix: 'contoso', optionValuePrefix: 10_000 };
  const identity = { uniqueName: 'BusinessEvents', displayName: 'Events', version: '1.0.0.0', languageCode: 1033 };
  const zip = packedSolution(wished, { ...identity, publisher }, 'unmanaged');
  const reply = await importPackage(running.client, Buffer.from(zip));
  expect(reply.body).toBe('');
  return running;
}

/** The rows are those that apply would create, column by column, and no others. */
function expectArrival({ emulator }: Running, wished: WishedState): void {
  const { tables } = emulator;
  expectRows(tables.rows('catalog'), wished.catalogs.map(catalogRow));
  expectRows(tables.rows('customapi'), wished.customApis.map(customApiRow));
  expectRows(tables.rows('catalogassignment'), wished.customApis.map(catalogAssignmentRow));
  const parameters = wished.customApis.flatMap(({ api }) =>
    api.requestParameters.map((parameter) => requestParameterRow(api, parameter)),
  );
  expectRows(tables.rows('customapirequestparameter'), parameters);
}

function expectRows(rows: readonly Row[], wished: readonly WishedRow[]): void {
  const cells = wished.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        value !== null && typeof value === 'object' ? value.Value : value,
      ]),
    ),
  );
  const byName = (one: { readonly name?: unknown }, other: { readonly name?: unknown }) =>
    `${one.name}`.localeCompare(`${other.name}`);
  expect([...rows].sort(byName)).toMatchObject([...cells].sort(byName));
}
