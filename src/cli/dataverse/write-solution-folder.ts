import { mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { claimedManifest, claimedPaths } from '../../dataverse/provisioning/solution-files/claimed-manifest.js';
import type { SolutionFile } from '../../dataverse/provisioning/solution-files/solution-file.js';
import { UNPACKED_MANIFEST } from '../../dataverse/provisioning/solution-files/unpacked-solution.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { whyNotWritten } from './why-not-written.js';
import { isPartOf, writeWhole } from './write-whole.js';

/** What became of a folder's files; paths are relative to it. */
export interface WrittenFolder {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  /** Files of a former export that are no longer needed. */
  readonly removed: readonly string[];
}

/**
 * Makes a folder contain these files and no others. Throws `CommandError` and writes nothing where the folder has files
 * that no former export wrote. The next run completes one that was cut short.
 */
export async function writeSolutionFolder(folder: string, files: readonly SolutionFile[]): Promise<WrittenFolder> {
  const removed = await formerFiles(folder, files);
  // Until the former files are removed they stay claimed; otherwise a run cut short would leave files without an owner.
  const written = new Set(await writeChanged(folder, claiming(files, removed)));
  for (const path of removed) await remove(folder, path);
  for (const path of await writeChanged(folder, claiming(files, []))) written.add(path);
  return {
    written: [...written].sort(),
    unchanged: files.map(({ path }) => path).filter((path) => !written.has(path)),
    removed,
  };
}

/** The manifest first: it says which of the other files are the export's. */
function claiming(files: readonly SolutionFile[], former: readonly string[]): readonly SolutionFile[] {
  const paths = [...files.map(({ path }) => path), ...former];
  const claimed = files.map((file) =>
    file.path === UNPACKED_MANIFEST ? { ...file, text: claimedManifest(file.text, paths) } : file,
  );
  return claimed.sort((a, b) => Number(b.path === UNPACKED_MANIFEST) - Number(a.path === UNPACKED_MANIFEST));
}

/** Files that a former export left there and this one does not write. */
async function formerFiles(folder: string, files: readonly SolutionFile[]): Promise<readonly string[]> {
  const present = await pathsIn(folder);
  const claimed = new Set(claimedPaths((await textOf(folder, UNPACKED_MANIFEST)) ?? ''));
  const foreign = present.filter((path) => !claimed.has(path) && !isPartOf(UNPACKED_MANIFEST, path));
  if (foreign.length > 0) throw new CommandError(ExitCode.Refused, notOurs(folder, foreign));
  const wished = new Set(files.map(({ path }) => path));
  return present.filter((path) => !wished.has(path)).sort();
}

function notOurs(folder: string, foreign: readonly string[]): string {
  const named = foreign.slice(0, 3).join(', ');
  const more = foreign.length > 3 ? ` and ${foreign.length - 3} more` : '';
  return (
    `${folder} holds files that no export has written: ${named}${more}. An export replaces and removes the files of its ` +
    'folder, so it takes a new or empty one, or that of a former export. Nothing was written.'
  );
}

/** Everything but folders: links, for example, are somebody else's too. */
async function pathsIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(nothingThere);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function nothingThere(error: NodeJS.ErrnoException): never[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

async function textOf(folder: string, path: string): Promise<string | null> {
  return readFile(join(folder, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** Unchanged files keep their times: later steps of a pipeline may go by them. */
async function writeChanged(folder: string, files: readonly SolutionFile[]): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const { path, text } of files) {
    if ((await textOf(folder, path)) === text) continue;
    await write(path, join(folder, path), text);
    changed.push(path);
  }
  return changed;
}

/**
 * The manifest is written whole, or the next run would not recognize the folder; other files are written again if they
 * are cut off.
 */
async function write(path: string, file: string, text: string): Promise<void> {
  if (path === UNPACKED_MANIFEST) return writeWhole(file, text);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw whyNotWritten(error, file);
  }
}

/** With the folders that become empty. */
async function remove(folder: string, path: string): Promise<void> {
  await rm(join(folder, path));
  for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
    const isGone = await rmdir(join(folder, parent)).then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}
