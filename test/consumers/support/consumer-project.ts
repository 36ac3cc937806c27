import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installClient } from '../../clients/support/packed-client.js';
import { packContextPackage } from '../../clients/support/packed-context.js';
import { run } from '../../clients/support/run.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const EXAMPLES = join(ROOT, 'clients', 'remote-execution-context', 'examples');
/** Outside git. */
const CACHE = join(ROOT, 'node_modules', '.cache');

/**
 * The examples as their readers have them: in a project of their own, compiled against the package as it would be
 * published. The folder is the caller's to remove.
 */
export async function consumerProject(): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  const project = await mkdtemp(join(CACHE, 'consumers-'));
  try {
    const archive = await packContextPackage();
    await installClient(archive, project);
    await rm(dirname(archive), { recursive: true });
    const isSource = (path: string) => !/\/(dist|node_modules)$/.test(path);
    await cp(EXAMPLES, project, { recursive: true, filter: isSource });
    for (const scope of ['@types', '@azure'])
      await symlink(join(ROOT, 'node_modules', scope), join(project, 'node_modules', scope));
    await run(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'lib', 'tsc.js'), '-p', project]);
    return project;
  } catch (error) {
    await rm(project, { recursive: true });
    throw error;
  }
}
