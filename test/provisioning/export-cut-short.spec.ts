import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ExitCode } from '../../src/cli/exit-codes.js';
import { type CliRun, runCli } from '../cli/support/run-cli.js';
import { SmallDisk } from '../faults/support/small-disk.js';

const KIB = 1024;
const MANIFEST = join('Other', 'Solution.xml');
/** What a run that was killed between writing and renaming the manifest leaves beside it. */
const PART = join('Other', 'Solution.xml.0199d1a2-0000-4000-8000-00000000000a.part');

function exportTo(...args: readonly string[]): Promise<CliRun> {
  const environment = { DATAVERSE_SOLUTION: 'BusinessEvents' };
  return runCli(['dataverse', 'export', ...args, '--solution-version', '1.0.0.0'], { environment });
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

describe('an export killed while it wrote its manifest', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'export-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('is completed by the next run, in a new folder', async () => {
    await mkdir(join(folder, 'Other'));
    await writeFile(join(folder, PART), '<?xml version="1.0"');
    expect(await exportTo('--folder', folder)).toMatchObject({ exitCode: ExitCode.Ok });
    expect(await filesIn(folder)).not.toContainEqual(expect.stringContaining('.part'));
  });

  it('is completed by the next run, over a former export', async () => {
    await exportTo('--folder', folder);
    const former = await filesIn(folder);
    await writeFile(join(folder, PART), '');
    expect(await exportTo('--folder', folder)).toMatchObject({ exitCode: ExitCode.Ok });
    expect(await filesIn(folder)).toEqual(former);
    expect(await readFile(join(folder, MANIFEST), 'utf8')).not.toContain('.part');
  });

  it('takes nothing else for its own', async () => {
    await writeFile(join(folder, 'mine.part'), '');
    expect(await exportTo('--folder', folder)).toMatchObject({ exitCode: ExitCode.Refused });
  });
});

// Only root may mount a disk to fill.
const disk = SmallDisk.mount();

(disk === null ? describe.skip : describe)('an export on a full disk', () => {
  const place = disk?.folder ?? '';

  afterAll(() => disk?.unmount());

  it.each([4, 40, 100])('says so with %d KiB left, and is completed once there is room', async (kib) => {
    const folder = join(place, `solution-${kib}`);
    disk?.leaveFree(kib * KIB);
    const { exitCode, stderr } = await exportTo('--folder', folder);
    expect({ exitCode, stderr }).toEqual({
      exitCode: ExitCode.Failure,
      stderr: expect.stringMatching(
        /^\S*solution-\S* cannot be written \(ENOSPC\)\. .*run the same command again\.\n$/,
      ),
    });
    disk?.leaveFree(1024 * KIB);
    expect(await exportTo('--folder', folder)).toMatchObject({ exitCode: ExitCode.Ok });
  });

  it('keeps the former package', async () => {
    const zip = join(place, 'events.zip');
    disk?.leaveFree(1024 * KIB);
    await exportTo('--zip', zip);
    const former = await readFile(zip);
    disk?.leaveFree(4 * KIB);
    const { exitCode, stderr } = await exportTo('--zip', zip, '--managed');
    expect({ exitCode, stderr }).toEqual({
      exitCode: ExitCode.Failure,
      stderr: expect.stringContaining('events.zip cannot be written (ENOSPC)'),
    });
    expect((await readFile(zip)).equals(former)).toBe(true);
    expect((await readdir(place)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
