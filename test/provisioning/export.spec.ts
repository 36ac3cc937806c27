import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { ExitCode } from '../../src/cli/exit-codes.js';
import { type CliRun, runCli } from '../cli/support/run-cli.js';

const ENVIRONMENT = { DATAVERSE_SOLUTION: 'BusinessEvents' };

const INSIDE = ['--folder', 'x', '--zip', 'x/y.zip', '--solution-version', '1.0.0.0'];

describe('dataverse export', () => {
  let place: string;
  let folder: string;
  let zip: string;

  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), 'export-'));
    folder = join(place, 'solution');
    zip = join(place, 'out', 'events.zip');
  });

  afterEach(() => rm(place, { recursive: true, force: true }));

  function exportTo(...args: readonly string[]): Promise<CliRun> {
    const version = args.includes('--solution-version') ? [] : ['--solution-version', '1.0.0.0'];
    return runCli(['dataverse', 'export', ...args, ...version], { environment: ENVIRONMENT });
  }

  it('writes a folder and a package without any connection', async () => {
    const { exitCode, stdout } = await exportTo('--folder', folder, '--zip', zip);
    expect(exitCode).toBe(ExitCode.Ok);
    expect(stdout).toContain('BusinessEvents 1.0.0.0 of publisher contoso (prefix contoso): 2 custom APIs');
    expect(stdout).toContain('Service endpoints and their steps are not in it');
    expect(await filesOf(folder)).toContain('customapis/contoso_CustomerPurchase/customapi.xml');
    expect(Object.keys(unzipSync(await readFile(zip)))).toContain('Assets/catalogassignments.xml');
  });

  it('writes the same components in both forms', async () => {
    await exportTo('--folder', folder, '--zip', zip);
    const packed = unzipSync(await readFile(zip));
    const components = (await filesOf(folder)).filter((path) => !path.startsWith('Other/'));
    expect(Object.keys(packed).sort()).toEqual([...components, ...MANIFESTS].sort());
    for (const path of components) {
      expect([path, Buffer.from(packed[path] ?? []).toString()]).toEqual([path, await textOf(folder, path)]);
    }
  });

  it('answers in JSON alone', async () => {
    const { stdout } = await exportTo('--folder', folder, '--zip', zip, '--solution-version', '2.0.0.17', '--json');
    const { folder: written, package: packed, notes: _notes, ...report } = JSON.parse(stdout);
    expect(report).toEqual({
      solution: {
        uniqueName: 'BusinessEvents',
        displayName: 'BusinessEvents',
        version: '2.0.0.17',
        languageCode: 1033,
        publisher: { uniqueName: 'contoso', displayName: 'contoso', prefix: 'contoso', optionValuePrefix: 10_000 },
      },
      catalogs: expect.arrayContaining(['contoso_ContosoCustomerManagement_CustomerEvents']),
      customApis: ['contoso_CustomerPurchase', 'contoso_VendorPaymentPosted'],
    });
    expect(written).toEqual({ path: folder, written: await filesOf(folder), unchanged: [], removed: [] });
    expect(packed).toEqual({ path: zip, bytes: (await readFile(zip)).length, managed: false });
  });

  it('puts what is said of solution and publisher into the manifest', async () => {
    await exportTo(
      '--folder',
      folder,
      '--solution-name',
      'Events & more',
      '--publisher',
      'Contoso_Retail',
      ...PUBLISHER,
    );
    const manifest = await textOf(folder, 'Other/Solution.xml');
    expect(manifest).toContain('<LocalizedName description="Events &amp; more" languagecode="1031"/>');
    expect(manifest).toContain('<UniqueName>Contoso_Retail</UniqueName>');
    expect(manifest).toContain('<LocalizedName description="Contoso Retail" languagecode="1031"/>');
    expect(manifest).toContain('<CustomizationOptionValuePrefix>47110</CustomizationOptionValuePrefix>');
  });

  it('changes no byte and no file when run again', async () => {
    await exportTo('--folder', folder, '--zip', zip);
    const before = await readFile(zip);
    const { stdout } = await exportTo('--folder', folder, '--zip', zip, '--json');
    expect(JSON.parse(stdout).folder).toMatchObject({ written: [], removed: [] });
    expect((await readFile(zip)).equals(before)).toBe(true);
    expect(await readdir(dirname(zip))).toEqual(['events.zip']);
  });

  it('takes the place of a former package, and says managed only where it is', async () => {
    await exportTo('--zip', zip);
    const { stdout } = await exportTo('--zip', zip, '--managed');
    expect(stdout).toMatch(/events\.zip: \d+ bytes, managed, for pac solution import/);
    expect(Buffer.from(unzipSync(await readFile(zip))['solution.xml'] ?? []).toString()).toContain(
      '<Managed>1</Managed>',
    );
  });

  it.each([
    ['no place to write to', [], ENVIRONMENT, 'Say where to write'],
    ['a managed folder', ['--folder', 'x', '--managed'], ENVIRONMENT, '--managed is about --zip'],
    ['no solution', ['--folder', 'x'], {}, 'DATAVERSE_SOLUTION is not set'],
    ['the default solution', ['--folder', 'x'], { DATAVERSE_SOLUTION: 'Default' }, 'a solution of the system'],
    ['a version of three numbers', ['--folder', 'x', '--solution-version', '1.0.0'], ENVIRONMENT, 'It is four numbers'],
    ['a publisher with blanks', ['--folder', 'x', '--publisher', 'a b'], ENVIRONMENT, 'It is a unique name'],
    ['a value prefix out of range', ['--zip', 'x', '--option-value-prefix', '99'], ENVIRONMENT, 'It is a number from'],
    ['a language in letters', ['--zip', 'x', '--language', 'de'], ENVIRONMENT, 'It is a number from'],
    ['a package of no version', ['--zip', 'x'], ENVIRONMENT, '--zip needs --solution-version, such as 1.2.0.42'],
    ['a package inside the folder', INSIDE, ENVIRONMENT, '--zip lies in --folder'],
    ['a solution without a name', ['--folder', 'x', '--solution-name', ' '], ENVIRONMENT, 'It is a text of up to 256'],
    [
      'a publisher of two lines',
      ['--folder', 'x', '--publisher-name', 'a\nb'],
      ENVIRONMENT,
      'It is a text of up to 256',
    ],
  ])('refuses %s, and says what to do', async (_case, args, environment, message) => {
    const run = await runCli(['dataverse', 'export', ...args], { environment });
    expect(run).toMatchObject({ exitCode: ExitCode.Usage, stdout: '' });
    expect(run.stderr).toContain(message);
  });

  it('leaves alone what is no zip', async () => {
    const notes = join(place, 'notes.txt');
    await writeFile(notes, 'mine');
    const { exitCode, stderr } = await exportTo('--folder', folder, '--zip', notes);
    expect({ exitCode, stderr }).toEqual({
      exitCode: ExitCode.Refused,
      stderr: `${notes} is there and is no zip: name another file, or remove it. Nothing was written.\n`,
    });
    expect(await readFile(notes, 'utf8')).toBe('mine');
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });

  it('leaves alone a folder that has the name of the package', async () => {
    await mkdir(zip, { recursive: true });
    expect(await exportTo('--zip', zip)).toMatchObject({ exitCode: ExitCode.Refused });
    expect(await readdir(zip)).toEqual([]);
  });

  it('writes one whole package where two are written at once', async () => {
    const runs = await Promise.all([exportTo('--zip', zip), exportTo('--zip', zip, '--managed')]);
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([ExitCode.Ok, ExitCode.Ok]);
    expect(Object.keys(unzipSync(await readFile(zip)))).toHaveLength(35);
    expect(await readdir(dirname(zip))).toEqual(['events.zip']);
  });

  it('refuses definitions that Dataverse could not hold, and writes nothing', async () => {
    const environment = { ...ENVIRONMENT, DATAVERSE_PUBLISHER_PREFIX: 'mscrm' };
    const run = await runCli(['dataverse', 'export', '--folder', folder], { environment });
    expect(run).toMatchObject({
      exitCode: ExitCode.Usage,
      stderr: expect.stringContaining('DATAVERSE_PUBLISHER_PREFIX'),
    });
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });

  it('says which path cannot be used', async () => {
    const file = join(place, 'file');
    await writeFile(file, '');
    const { exitCode, stderr } = await exportTo('--folder', join(file, 'below'));
    expect(exitCode).toBe(ExitCode.Failure);
    expect(stderr).toMatch(/^\S*file\S* cannot be used \(ENOTDIR\)/);
  });

  describe('into a folder that is there already', () => {
    it.each([
      ['a file', 'README.md', (path: string) => writeFile(path, 'mine')],
      [
        'a custom API by hand',
        'customapis/contoso_Other/customapi.xml',
        (path: string) => writeFile(path, '<customapi/>'),
      ],
      ['a link', 'catalogs/link', (path: string) => symlink(tmpdir(), path)],
    ])('refuses %s of others in a former export', async (_case, name, put) => {
      await exportTo('--folder', folder);
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await put(join(folder, name));
      const { exitCode, stderr } = await exportTo('--folder', folder, '--zip', zip, '--solution-version', '9.0.0.0');
      expect({ exitCode, stderr }).toMatchObject({
        exitCode: ExitCode.Refused,
        stderr: expect.stringContaining(`${folder} holds files that no export has written: ${name}.`),
      });
      expect(await textOf(folder, 'Other/Solution.xml')).toContain('<Version>1.0.0.0</Version>');
      await expect(readFile(zip)).rejects.toThrow('ENOENT');
    });

    it('refuses an unpacked solution that no export has written', async () => {
      await mkdir(join(folder, 'Other'), { recursive: true });
      await writeFile(join(folder, 'Other', 'Solution.xml'), '<ImportExportXml/>');
      const { exitCode } = await exportTo('--folder', folder);
      expect(exitCode).toBe(ExitCode.Refused);
      expect(await textOf(folder, 'Other/Solution.xml')).toBe('<ImportExportXml/>');
    });

    it('removes what a former export wrote and this one does not, folders too', async () => {
      await runCli(['dataverse', 'export', '--folder', folder], {
        environment: { ...ENVIRONMENT, DATAVERSE_PUBLISHER_PREFIX: 'fabrikam' },
      });
      const former = await filesOf(folder);
      const { stdout } = await exportTo('--folder', folder, '--json');
      const removed = former.filter((path) => path.includes('fabrikam_'));
      expect(removed.length).toBeGreaterThan(10);
      expect(JSON.parse(stdout).folder.removed).toEqual(removed);
      expect((await readdir(join(folder, 'customapis'))).sort()).toEqual([
        'contoso_CustomerPurchase',
        'contoso_VendorPaymentPosted',
      ]);
      const again = await exportTo('--folder', folder, '--json');
      expect(JSON.parse(again.stdout).folder).toMatchObject({ written: [], removed: [] });
    });

    it('completes what was cut short', async () => {
      const other = { ...ENVIRONMENT, DATAVERSE_PUBLISHER_PREFIX: 'fabrikam' };
      await runCli(['dataverse', 'export', '--folder', folder], { environment: other });
      // A folder in the place of a file stops the run in its middle, after the manifest and some files are written.
      const blocked = join(folder, 'customapis', 'contoso_VendorPaymentPosted', 'customapi.xml');
      await mkdir(blocked, { recursive: true });
      expect((await exportTo('--folder', folder)).exitCode).toBe(ExitCode.Failure);
      await rm(blocked, { recursive: true });
      expect((await exportTo('--folder', folder)).exitCode).toBe(ExitCode.Ok);
      expect((await filesOf(folder)).filter((path) => path.includes('fabrikam_'))).toEqual([]);
    });
  });
});

const MANIFESTS = ['[Content_Types].xml', 'customizations.xml', 'solution.xml'];

const PUBLISHER = ['--publisher-name', 'Contoso Retail', '--option-value-prefix', '47110', '--language', '1031'];

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).sort();
}

function textOf(folder: string, path: string): Promise<string> {
  return readFile(join(folder, path), 'utf8');
}
