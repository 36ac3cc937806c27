import { describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import type { Emulator } from '../../src/emulator/emulator.js';
import { runningEmulator } from './support/running-emulator.js';
import {
  ASSIGNMENTS,
  CATEGORY,
  CUSTOM_API,
  importPackage,
  manifestWith,
  PARAMETER,
  type PackageChanges,
  PROPERTY,
  packageOf,
  USUAL,
} from './support/solution-package.js';

/** What stands in the organization, ids and times left aside. */
function stateOf({ tables }: Emulator): unknown {
  return ['publisher', 'solution', 'solutioncomponent', 'catalog', 'customapi', 'sdkmessage'].map((table) => [
    table,
    tables.rows(table).length,
  ]);
}

describe('an import that is refused', () => {
  it.each<[string, PackageChanges, string, string]>([
    ['has no solution.xml', { 'solution.xml': null }, '0x80048060', 'must contain the following files at its root'],
    ['has no content types', { '[Content_Types].xml': null }, '0x80048060', 'must contain the following files'],
    ['has its files in a folder', inFolder('src/'), '0x80048060', 'must contain the following files'],
    ['is not well formed', { [CUSTOM_API]: '<customapi>' }, '0x80048013', `${CUSTOM_API}: Unclosed tag`],
    ['brings a DTD', { [CUSTOM_API]: `<!DOCTYPE a [<!ENTITY b "c">]>${USUAL[CUSTOM_API]}` }, '0x80048013', 'DTD is'],
    [
      'names a root component',
      roots('10421'),
      '0x8004801f',
      'Cannot add a Root Component contoso_OnSale of type 10421',
    ],
    ['is a solution of the system', solution('Default'), '0x80048046', 'System solution cannot be imported'],
    ['has no version', { 'solution.xml': manifestWith('<Version>1.0.0.1</Version>', '') }, '0x8004801a', "'Version'"],
    ['has a version in words', { 'solution.xml': manifestWith('1.0.0.1', 'one') }, '0x8004801a', "The value 'one'"],
    [
      'brings a response property that says whether it is optional',
      { [PROPERTY]: part('customapiresponseproperty', '<isoptional>0</isoptional>') },
      '0x8004801a',
      "'customapiresponseproperty' has invalid child element 'isoptional'",
    ],
    ['says true for 1', changed(CUSTOM_API, 'isfunction>0', 'isfunction>false'), '0x8004801a', "The value 'false'"],
    ['says a type in words', changed(PARAMETER, '<type>10', '<type>String'), '0x8004801a', "The value 'String'"],
    ['says a type there is not', changed(PARAMETER, '<type>10', '<type>13'), '0x8004431a', 'outside the valid range'],
    ['has a folder of another name', changed(CUSTOM_API, 'contoso_OnSale"', 'contoso_OnBuy"'), '0x8004801a', 'folder'],
    ['has another element in a file', { [CATEGORY]: '<customapi uniquename="x" />' }, '0x8004801a', 'not declared'],
    ['has no description', changed(CUSTOM_API, /<description.*<\/description>/, ''), '0x80040203', 'description'],
    ['has too long a text', changed(CUSTOM_API, /Something was sold/g, 'x'.repeat(301)), '0x80044331', "'300'"],
    ['has another prefix', renamed('contoso_OnSale', 'fabrikam_OnSale'), '0x800608ad', 'customization prefix'],
    ['lacks the root of a category', { 'catalogs/contoso_Shop/catalog.xml': null }, '0x8004801d', "'contoso_Shop'"],
    ['assigns what is not there', changed(ASSIGNMENTS, 'contoso_OnSale', 'contoso_No'), '0x8004801d', "'contoso_No'"],
    ['assigns to a root', changed(ASSIGNMENTS, 'contoso_Shop_Sales', 'contoso_Shop'), '0x80040203', 'second-level'],
    ['assigns an unknown kind', changed(ASSIGNMENTS, 'idtype="customapi"', 'idtype="form"'), '0x8004801a', "'form'"],
    [
      'names a plug-in type that is not there',
      changed(CUSTOM_API, '<plugintypeid />', '<plugintypeid><plugintypeid>x</plugintypeid></plugintypeid>'),
      '0x8004801d',
      'There is no plugintype',
    ],
    ['takes the name of a message', renamed('contoso_OnSale', 'contoso_Taken'), '0x80060892', 'Unique Name'],
    ['brings what the emulator has not', { 'WebResources/x.xml': '<x />' }, '0x80048033', 'and not WebResources/x.xml'],
    [
      'brings tables',
      { 'customizations.xml': '<ImportExportXml><Entities><Entity /></Entities></ImportExportXml>' },
      '0x80048033',
      'and not customizations.xml, Entities',
    ],
  ])('because it %s leaves nothing behind', async (_case, changes, code, message) => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    emulator.tables.putRow('sdkmessage', { name: 'contoso_Taken' });
    const before = stateOf(emulator);
    const reply = await importPackage(client, packageOf(changes));
    expect(reply.status).toBe(code === '0x80060892' ? 412 : 400);
    expect(reply.json().error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(stateOf(emulator)).toEqual(before);
  });

  it.each([
    ['no zip', Buffer.from('no zip at all')],
    ['an empty file', Buffer.alloc(0)],
    ['half a zip', packageOf().subarray(0, 400)],
    ['a zip that unpacks to more than a solution has', bomb()],
  ])('is %s', async (_case, zip) => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    const before = stateOf(emulator);
    const reply = await importPackage(client, zip);
    expect(reply.json().error).toMatchObject({ code: '0x80048060' });
    expect(stateOf(emulator)).toEqual(before);
  });
});

describe('a CustomizationFile', () => {
  const blanks = ' '.repeat(300_000);

  it.each([
    ['wrapped into lines', (text: string) => text.replace(/.{76}/g, '$&\r\n'), 204],
    ['with blanks around', (text: string) => `${blanks}${text}${blanks}`, 204],
    // A pattern that tries all ways to divide the blanks would keep the emulator from everybody for seconds.
    ['that is no base64 behind many blanks', () => `${blanks}!`, 400],
    ['that ends twice', () => `QQ=${blanks}=${blanks}!`, 400],
    ['of other signs', () => 'QQ-_', 400],
  ])('%s is read at once', async (_case, change, status) => {
    const { client } = await runningEmulator({ customApis: [] });
    const text = change(packageOf().toString('base64'));
    expect((await importPackage(client, packageOf(), { CustomizationFile: text })).status).toBe(status);
  });
});

describe('a managed solution', () => {
  const managed = (changes: PackageChanges = {}, version = '1.0.0.1') =>
    packageOf({ 'solution.xml': manifest({ managed: 1, version }), ...changes });

  it('brings components that nobody else may change or delete', async () => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    expect((await importPackage(client, managed())).status).toBe(204);
    const [api] = emulator.tables.rows('customapi');
    expect(api?.ismanaged).toBe(true);
    expect(emulator.tables.rows('catalogassignment')[0]?.ismanaged).toBe(true);
    const patched = await client.api(`customapis(${api?.customapiid})`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"displayname":"Mine"}',
    });
    expect(patched.status).toBe(400);
    expect((await client.api(`customapis(${api?.customapiid})`, { method: 'DELETE' })).status).toBe(400);
  });

  it('is updated by a later version of itself, and by the same', async () => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    await importPackage(client, managed());
    const sold = { [CUSTOM_API]: USUAL[CUSTOM_API].replaceAll('Something was sold', 'Sold') };
    expect((await importPackage(client, managed(sold, '1.0.0.10'))).status).toBe(204);
    expect(emulator.tables.rows('customapi')[0]).toMatchObject({ description: 'Sold', ismanaged: true });
    expect((await importPackage(client, managed({}, '1.0.0.10'))).status).toBe(204);
    expect(emulator.tables.rows('customapi')[0]?.description).toBe('Something was sold');
  });

  it.each<[string, { managed: number; version: string; publisher?: string }, string]>([
    ['an earlier version', { managed: 1, version: '1.0.0.1' }, '0x80048033'],
    ['another publisher', { managed: 1, version: '3.0.0.0', publisher: 'fabrikam' }, '0x8004801c'],
    ['an unmanaged package', { managed: 0, version: '3.0.0.0' }, '0x80048041'],
  ])('is not updated by %s', async (_case, said, code) => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    await importPackage(client, managed({}, '1.0.0.9'));
    const reply = await importPackage(client, packageOf({ 'solution.xml': manifest(said) }));
    expect(reply.json().error).toMatchObject({ code });
    const [api] = emulator.tables.rows('customapi');
    expect(api?.ismanaged).toBe(true);
  });

  it('does not take the place of an unmanaged one', async () => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    await importPackage(client, packageOf());
    const reply = await importPackage(client, managed({}, '2.0.0.0'));
    expect(reply.json().error).toMatchObject({ code: '0x80048040' });
    expect(emulator.tables.rows('customapi')[0]?.ismanaged).toBe(false);
  });
});

function changed(path: keyof typeof USUAL, from: string | RegExp, to: string): PackageChanges {
  const text = USUAL[path].replace(from, to);
  if (text === USUAL[path]) throw new Error(`${path} does not hold ${from}`);
  return { [path]: text };
}

function part(element: string, more: string): string {
  const text = USUAL[PARAMETER].replaceAll('customapirequestparameter', element).replaceAll('OrderId', 'Total');
  return text.replace('<isoptional>0</isoptional>', more);
}

function solution(name: string): PackageChanges {
  return { 'solution.xml': manifestWith('<UniqueName>Shop<', `<UniqueName>${name}<`) };
}

function roots(type: string): PackageChanges {
  const root = `<RootComponent type="${type}" schemaName="contoso_OnSale" behavior="0" />`;
  return {
    'solution.xml': manifestWith('<RootComponents />', `<RootComponents>${root}</RootComponents>`),
  };
}

/** The custom API under another name, with no part and no assignment. */
function renamed(from: string, to: string): PackageChanges {
  return {
    [CUSTOM_API]: null,
    [PARAMETER]: null,
    [ASSIGNMENTS]: null,
    [CUSTOM_API.replace(from, to)]: USUAL[CUSTOM_API].replaceAll(from, to),
  };
}

function inFolder(folder: string): PackageChanges {
  const left = Object.keys(USUAL).map((path) => [path, null] as const);
  const put = Object.entries(USUAL).map(([path, text]) => [`${folder}${path}`, text] as const);
  return Object.fromEntries([...left, ...put]);
}

function manifest(said: { readonly managed: number; readonly version: string; readonly publisher?: string }): string {
  return USUAL['solution.xml']
    .replace('<Managed>0', `<Managed>${said.managed}`)
    .replace('1.0.0.1', said.version)
    .replace('<UniqueName>contoso', `<UniqueName>${said.publisher ?? 'contoso'}`);
}

function bomb(): Buffer {
  const blank = strToU8(' '.repeat(23 * 1024 * 1024));
  return Buffer.from(zipSync({ 'solution.xml': blank, 'customizations.xml': blank, '[Content_Types].xml': blank }));
}
