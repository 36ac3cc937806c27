import { cp, mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SOURCE = join(ROOT, 'clients', 'remote-execution-context');
/** Below the repository's packages, so that the build finds the compiler; outside git. */
const CACHE = join(ROOT, 'node_modules', '.cache');
/** What a build makes, and examples, which with tests are no part of the package. */
const LEFT_OUT = ['/dist', '/src/context', '/node_modules', '/examples', '/test'];

/** The package of the context's model as it would be published, built in a folder of its own; resolves with its archive. */
export async function packContextPackage(): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'context-package-'));
  const isSource = (path: string) => !LEFT_OUT.includes(path.slice(SOURCE.length));
  await cp(SOURCE, folder, { recursive: true, filter: isSource });
  await run(process.execPath, ['tools/build.mjs', join(ROOT, 'src', 'receipts', 'context')], { cwd: folder });
  await run('npm', ['pack', '--silent'], { cwd: folder });
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new Error('npm pack made no archive');
  return join(folder, archive);
}
