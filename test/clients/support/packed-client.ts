import { cp, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SOURCE = join(ROOT, 'clients', 'typescript');
/** Below the repository's packages, so that the build finds the compiler; outside git. */
const CACHE = join(ROOT, 'node_modules', '.cache');

/** The client's package as it would be published, built in a folder of its own; resolves with its archive. */
export async function packClient(): Promise<string> {
  const folder = await buildClient(join(ROOT, 'openapi', 'openapi.json'));
  await run('npm', ['pack', '--silent'], { cwd: folder });
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new Error('npm pack made no archive');
  return join(folder, archive);
}

/** The client built from a document in a folder of its own, which is the caller's to remove. */
export async function buildClient(document: string): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'client-package-'));
  const isSource = (path: string) => !/\/(dist|generated|node_modules)$/.test(path.slice(SOURCE.length));
  await cp(SOURCE, folder, { recursive: true, filter: isSource });
  await run(process.execPath, ['tools/build.mjs', document], { cwd: folder });
  return folder;
}

/** Makes a project that has the package and nothing else, without a registry. */
export async function installClient(archive: string, project: string): Promise<void> {
  await mkdir(project, { recursive: true });
  await writeFile(join(project, 'package.json'), '{ "name": "till", "private": true, "type": "module" }\n');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--silent', archive], { cwd: project });
}

/** The examples, compiled in the project against the installed package; resolves with their file names. */
export async function compileExamples(project: string): Promise<readonly string[]> {
  await cp(join(SOURCE, 'examples'), project, { recursive: true });
  const { compilerOptions } = JSON.parse(await readFile(join(SOURCE, 'tsconfig.json'), 'utf8'));
  const { rootDir: _, outDir: __, ...options } = { ...compilerOptions, declaration: false };
  const config = { compilerOptions: { ...options, typeRoots: [join(ROOT, 'node_modules', '@types')] }, include: ['*'] };
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify(config));
  await run(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'lib', 'tsc.js'), '-p', project]);
  return (await readdir(project)).filter((name) => name.endsWith('.js')).sort();
}
