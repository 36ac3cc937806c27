import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSample } from '../../receipts/support/read-sample.js';
import { installClient } from '../support/packed-client.js';
import { packContextPackage } from '../support/packed-context.js';
import { run } from '../support/run.js';

const BUILD_MS = 120_000;
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PACKAGE = 'clients/remote-execution-context';
const CONSUMER = fileURLToPath(
  new URL('../../../clients/remote-execution-context/test/strict-consumer.ts', import.meta.url),
);

let archive: string;
let project: string;
beforeAll(async () => {
  archive = await packContextPackage();
  project = await mkdtemp(join(tmpdir(), 'context-project-'));
  await installClient(archive, project);
}, BUILD_MS);
afterAll(async () => {
  await rm(project, { recursive: true });
  await rm(dirname(archive), { recursive: true });
});

describe('the package of the context', () => {
  it('holds what runs, its types, and what explains it; nothing else', async () => {
    const listed = await run('tar', ['-tzf', archive]);
    const files = listed
      .trim()
      .split('\n')
      .map((name) => name.replace(/^package\//, ''));
    const others = files.filter((name) => !/^dist\/[a-z./-]+\.(js|d\.ts)$/.test(name));
    expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
    expect(files.filter((name) => name.includes('.spec.'))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'dist/context/read-context.js']));
  });

  it('has the version of the gateway, depends on nothing and imports nothing but itself', async () => {
    const folder = join(project, 'node_modules/dataverse-remote-execution-context');
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const gateway = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    expect(manifest.version).toBe(gateway.version);
    expect(manifest.dependencies).toBeUndefined();
    const imports = await run('grep', ['-rhoE', '--include=*.js', "from '[^']+'", join(folder, 'dist')]);
    const others = imports.split('\n').filter((line) => line !== '' && !line.startsWith("from './"));
    expect(others).toEqual([]);
  });

  it(
    'is what a strict consumer compiles against and runs',
    async () => {
      await compile(project, CONSUMER);
      const printed = await run(process.execPath, ['strict-consumer.js', readSample('purchase-raised')], {
        cwd: project,
      });
      expect(JSON.parse(printed)).toMatchObject({
        id: '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70',
        total: '24.850',
        isStripped: false,
        says: false,
        isSame: true,
        isReference: false,
        cloudEvent: { TotalAmount: '24.850' },
        pointer: '',
      });
    },
    BUILD_MS,
  );

  it(
    'has a README whose examples run',
    async () => {
      const readme = await readFile(join(ROOT, PACKAGE, 'README.md'), 'utf8');
      const blocks = Array.from(readme.matchAll(/```ts run\n(.*?)```/gs), ([, block]) => block ?? '');
      expect(blocks.length).toBeGreaterThan(0);
      await writeFile(join(project, 'body.json'), readSample('purchase-raised'));
      for (const [index, block] of blocks.entries()) {
        const file = join(project, `readme-${index}.ts`);
        await writeFile(file, block);
        await compile(project, file);
        const printed = await run(process.execPath, [`readme-${index}.js`], { cwd: project });
        for (const [, told] of block.matchAll(/\/\/ -> (.*)/g)) expect(printed).toContain(told);
      }
    },
    BUILD_MS,
  );
});

/** Compiles a file in the project with the package's own strictness, and the types of Node for what consumers do besides. */
async function compile(folder: string, file: string): Promise<void> {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (dirname(file) !== folder) await cp(file, join(folder, name));
  const { compilerOptions } = JSON.parse(await readFile(join(ROOT, PACKAGE, 'tsconfig.json'), 'utf8'));
  const { rootDir: _, outDir: __, ...options } = compilerOptions;
  const types = { types: ['node'], typeRoots: [join(ROOT, 'node_modules', '@types')], declaration: false };
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...options, ...types }, files: [name] }),
  );
  await run(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'lib', 'tsc.js'), '-p', folder]);
}
