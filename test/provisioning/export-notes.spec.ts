import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ExitCode } from '../../src/cli/exit-codes.js';
import { type CliRun, runCli } from '../cli/support/run-cli.js';

describe('what an export tells of its import', () => {
  let place: string;

  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), 'export-'));
  });

  afterEach(() => rm(place, { recursive: true, force: true }));

  const VERSION = ['--solution-version', '1.2.0.0'];

  function exportFolder(...args: readonly string[]): Promise<CliRun> {
    const environment = { DATAVERSE_SOLUTION: 'BusinessEvents' };
    return runCli(['dataverse', 'export', '--folder', join(place, 'solution'), ...args], { environment });
  }

  it.each<[what: string, args: readonly string[], note: string]>([
    [
      'the descriptions that nobody said',
      [],
      'Note: An import overwrites the descriptions of contoso_ContosoCustomerManagement, ',
    ],
    [
      'name and version of a solution that is there',
      [],
      'sets its name to "BusinessEvents" and version to 1.0.0.0: --solution-name and --solution-version can say better.',
    ],
    ['the name alone where a version is said', VERSION, 'sets its name to "BusinessEvents": --solution-name can say'],
    ['a publisher that nobody named', [], 'Note: The publisher is taken to be contoso, as its prefix: '],
    ['catalogs of the same words', [], 'Note: An import finds catalogs by unique name alone: '],
  ])('is on standard error: %s', async (_what, args, note) => {
    const { exitCode, stdout, stderr } = await exportFolder(...args);
    expect({ exitCode, stderr }).toEqual({ exitCode: ExitCode.Ok, stderr: expect.stringContaining(note) });
    expect(stdout).not.toContain('Note:');
  });

  it('is less where more is said', async () => {
    const { stderr } = await exportFolder(...VERSION, '--solution-name', 'Events', '--publisher', 'ContosoLtd');
    expect(stderr).not.toMatch(/into a solution|taken to be/);
  });

  it('is in the answer in JSON, and nowhere else', async () => {
    const { stdout, stderr } = await exportFolder('--json');
    expect(JSON.parse(stdout).notes).toHaveLength(4);
    expect(stderr).toBe('');
  });
});
