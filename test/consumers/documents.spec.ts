import { readFile, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../clients/support/run.js';
import { ConsumerProcess } from './support/consumer-process.js';
import { consumerProject } from './support/consumer-project.js';
import { shown } from './support/shown.js';

const ROOT = new URL('../../', import.meta.url);
const BUILD_MS = 120_000;
/** The last line of a README's first block: variables, and the program that listens. */
const STARTED = /^((?:[A-Z_]+=\S+ )+)node dist\/(\S+)$/m;
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/g;

let project: string;
beforeAll(async () => {
  project = await consumerProject();
}, BUILD_MS);
afterAll(() => rm(project, { recursive: true }));

/** The contents of a document's blocks in a language, in their order. */
async function blocksOf(path: string, language: string): Promise<readonly string[]> {
  const text = await readFile(new URL(path, ROOT), 'utf8');
  return [...text.matchAll(/^```(\w+)[^\n]*\n(.*?)^```$/gms)]
    .filter(([, named]) => named === language)
    .map(([, , content = '']) => content);
}

/** The first indented lines of a document: what a README says is printed. */
async function printedIn(path: string): Promise<string> {
  const text = await readFile(new URL(path, ROOT), 'utf8');
  return (/\n\n((?: {4}[^\n]+\n)+)/.exec(text)?.[1] ?? '').replace(/^ {4}/gm, '');
}

describe('a README of an example', () => {
  it.each(['azure-function', 'total-per-customer'])('can be followed as it is written: %s', async (name) => {
    const readme = `clients/remote-execution-context/examples/${name}/README.md`;
    const [start = '', tried = ''] = await blocksOf(readme, 'bash');
    const [, variables = '', script = ''] = STARTED.exec(start) ?? [];
    const environment = Object.fromEntries(variables.split(' ').map((pair) => pair.split('=') as [string, string]));
    const consumer = await ConsumerProcess.start({ project, script, environment, cwd: project });
    try {
      const printed = await run('bash', ['-euc', tried.replace(ADDRESS, consumer.url)], { cwd: project });
      expect(printed).toBe(await printedIn(readme));
    } finally {
      await consumer.stop();
    }
  });
});

describe('docs/consumers.md', () => {
  it('shows what the reading of a context prints', async () => {
    const [printed] = await blocksOf('docs/consumers.md', 'text');
    expect(await shown({ project, script: 'read-context.js', environment: {}, cwd: project })).toBe(printed);
  });

  it("shows the heart of the function's transaction as the function has it", async () => {
    const [heart = ''] = await blocksOf('docs/consumers.md', 'sql');
    const source = await readFile(
      new URL('clients/remote-execution-context/examples/azure-function/loyalty-points.ts', ROOT),
      'utf8',
    );
    const oneLine = (text: string) => text.replace(/\s+/g, ' ');
    const statements = heart.match(/^INSERT[^;]+/gm) ?? [];
    expect(statements).toHaveLength(2);
    for (const statement of statements) expect(oneLine(source)).toContain(oneLine(statement));
  });
});
