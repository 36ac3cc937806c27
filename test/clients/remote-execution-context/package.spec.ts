import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSample } from '../../receipts/support/read-sample.js';
import { filesIn } from '../support/files-in.js';
import { installClient } from '../support/packed-client.js';
import { packContextPackage } from '../support/packed-context.js';
import { run } from '../support/run.js';

const BUILD_MS = 120_000;
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const NAME = 'dataverse-remote-execution-context';
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
    const files = await filesIn(archive);
    const others = files.filter((name) => !/^dist\/[a-z./-]+\.(js|d\.ts)$/.test(name));
    expect(others.sort()).toEqual(['LICENSE', 'README.md', 'dist/cjs/package.json', 'package.json']);
    expect(files.filter((name) => name.includes('.spec.'))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'dist/context/read-context.js']));
    expect(files).toEqual(expect.arrayContaining(['dist/cjs/index.js', 'dist/cjs/index.d.ts']));
  });

  it('has the version of the gateway, depends on nothing and imports nothing but itself', async () => {
    const folder = join(project, 'node_modules', NAME);
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const gateway = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    expect(manifest.version).toBe(gateway.version);
    expect(manifest.dependencies).toBeUndefined();
    const pattern = `(from |require\\()['"][^'"]+`;
    const imports = await run('grep', ['-rhoE', '--include=*.js', pattern, join(folder, 'dist')]);
    const others = imports.split('\n').filter((line) => line !== '' && !/^(from '|require\(")\.\//.test(line));
    expect(others).toEqual([]);
  });

  it('is required by CommonJS where Node cannot require ES modules, as before 20.19', async () => {
    const file = join(project, 'required.cjs');
    await writeFile(
      file,
      `const { eventIdOf, MalformedContextError, readContext } = require('${NAME}');
       try { readContext('[]') } catch (error) { console.log(error instanceof MalformedContextError); }
       console.log(eventIdOf(readContext(process.argv[2])));`,
    );
    const printed = await run(process.execPath, [
      '--no-experimental-require-module',
      file,
      readSample('purchase-raised'),
    ]);
    expect(printed).toBe('true\n019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70\n');
  });

  it.each([
    ['that resolves by main and types', { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' }],
    ['that resolves by exports', { module: 'node16' }],
  ])(
    'has types for a CommonJS project %s',
    async (_how, options) => {
      const folder = join(project, 'commonjs');
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'package.json'), '{ "private": true }');
      expect(await strictConsumer(folder, options)).toMatchObject({ total: '24.850', pointer: '' });
    },
    BUILD_MS,
  );

  it('names its types one by one, which TypeScript 4.7 reads as well', async () => {
    const folder = join(project, 'node_modules', NAME);
    for (const types of ['dist/index.d.ts', 'dist/cjs/index.d.ts'])
      expect(await readFile(join(folder, types), 'utf8')).not.toContain('*');
  });

  it(
    'is what a strict consumer compiles against and runs',
    async () => {
      expect(await strictConsumer(project)).toMatchObject({
        id: '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70',
        total: '24.850',
        isStripped: false,
        says: false,
        isSame: true,
        referenced: null,
        occurredAt: Date.parse('2026-11-22T10:00:00Z'),
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
      const names = blocks.map((_block, index) => `readme-${index}`);
      for (const [index, name] of names.entries()) await writeFile(join(project, `${name}.ts`), blocks[index] ?? '');
      await compile(project, names);
      for (const [index, name] of names.entries()) {
        const printed = await run(process.execPath, [`${name}.js`], { cwd: project });
        for (const [, told] of (blocks[index] ?? '').matchAll(/\/\/ -> (.*)/g)) expect(printed).toContain(told);
      }
    },
    BUILD_MS,
  );
});

/** Compiles files of a project with the package's own strictness, and the types of Node for what consumers do besides. */
async function compile(folder: string, names: readonly string[], others: object = {}): Promise<void> {
  const { compilerOptions } = JSON.parse(await readFile(join(ROOT, PACKAGE, 'tsconfig.json'), 'utf8'));
  const { rootDir: _, outDir: __, ...options } = compilerOptions;
  const types = { types: ['node'], typeRoots: [join(ROOT, 'node_modules', '@types')], declaration: false };
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...options, ...types, ...others }, files: names.map((name) => `${name}.ts`) }),
  );
  await run(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'lib', 'tsc.js'), '-p', folder]);
}

/** Compiles the strict consumer in the folder, runs it, and resolves with what it tells. */
async function strictConsumer(folder: string, options: object = {}): Promise<unknown> {
  await cp(CONSUMER, join(folder, 'strict-consumer.ts'));
  await compile(folder, ['strict-consumer'], options);
  const sample = readSample('purchase-raised');
  return JSON.parse(await run(process.execPath, ['strict-consumer.js', sample], { cwd: folder }));
}
