import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installClient } from '../../clients/support/packed-client.js';
import { packContextPackage } from '../../clients/support/packed-context.js';
import { run } from '../../clients/support/run.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PACKAGE = join(ROOT, 'clients', 'remote-execution-context');
const MODEL = join(ROOT, 'src', 'receipts', 'context');
/** Outside git. */
const CACHE = join(ROOT, 'node_modules', '.cache');
const DAY_MS = 86_400_000;
/** What builds make. */
const MADE = /\/(dist|node_modules|src\/context)(\/|$)/;

/**
 * The examples as their readers have them: in a project of their own, compiled against the package as it would be
 * published. The folder is the caller's to remove.
 */
export async function consumerProject(): Promise<string> {
  const compiled = join(CACHE, `consumers-${await fingerprint()}`);
  if (!existsSync(compiled)) {
    await compile(compiled);
    await removeOlder(compiled);
  }
  const project = await mkdtemp(join(CACHE, 'consumers-of-test-'));
  for (const name of ['dist', 'package.json', 'purchase.json'])
    await cp(join(compiled, name), join(project, name), { recursive: true });
  await symlink(join(compiled, 'node_modules'), join(project, 'node_modules'));
  return project;
}

/** Changes with whatever the package or the examples are made of. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of [PACKAGE, MODEL]) {
    const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !MADE.test(path.slice(folder.length)));
    for (const path of names.sort()) hash.update(path).update(await readFile(path));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Those of other sources, which nobody asks for again; a run that still copies from one has a day to do so. */
async function removeOlder(compiled: string): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const path = join(CACHE, name);
    if (!/^consumers-[0-9a-f]{16}$/.test(name) || path === compiled) continue;
    const { mtimeMs } = await stat(path);
    if (mtimeMs < Date.now() - DAY_MS) await rm(path, { recursive: true, force: true });
  }
}

/** Made aside and renamed: of two at once one is kept. */
async function compile(target: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const aside = await mkdtemp(join(CACHE, 'consumers-aside-'));
  try {
    const archive = await packContextPackage();
    await installClient(archive, aside);
    await rm(dirname(archive), { recursive: true });
    const isSource = (path: string) => !MADE.test(path.slice(PACKAGE.length));
    await cp(join(PACKAGE, 'examples'), aside, { recursive: true, filter: isSource });
    for (const scope of ['@types', '@azure'])
      await symlink(join(ROOT, 'node_modules', scope), join(aside, 'node_modules', scope));
    await run(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'lib', 'tsc.js'), '-p', aside]);
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { recursive: true });
    if (!existsSync(target)) throw error;
  }
}
