import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';

const ROOT = new URL('../../', import.meta.url);

/** Where the programs are that a document shows, in its order. Each of them is run by `npm run clients`. */
const SHOWN: readonly [document: string, language: string, programs: readonly string[]][] = [
  [
    'clients/typescript/README.md',
    'ts',
    ['first-event.ts', 'offline-till.ts', 'what-became-of-it.ts'].map((name) => `clients/typescript/examples/${name}`),
  ],
  ['docs/quick-start.md', 'ts', ['clients/typescript/examples/first-event.ts']],
  ['docs/consumers.md', 'ts', ['clients/remote-execution-context/examples/read-context.ts']],
  ['docs/quick-start.md', 'java', ['test/clients/java/FirstEvent.java']],
  ['docs/quick-start.md', 'python', ['test/clients/python/first_event.py']],
  ['docs/quick-start.md', 'go', ['test/clients/go/first-event/main.go']],
  ['docs/quick-start.md', 'csharp', ['test/clients/csharp/FirstEvent.cs']],
];

async function textOf(path: string): Promise<string> {
  return readFile(new URL(path, ROOT), 'utf8');
}

describe('programs in documents', () => {
  it.each(SHOWN)('%s shows its %s as it is run', async (document, language, programs) => {
    const blocks = [...(await textOf(document)).matchAll(/^```(\w+)[^\n]*\n(.*?)^```$/gms)];
    const shown = blocks.filter(([, named]) => named === language).map(([, , code]) => code);
    expect(shown).toEqual(await Promise.all(programs.map(textOf)));
  });

  it('docs/quick-start.md names the settings of each generated client', async () => {
    const guide = await textOf('docs/quick-start.md');
    for (const language of ['java', 'python', 'go', 'csharp']) {
      expect(guide).toContain(`clients/openapi-generator/${language}.json`);
    }
  });
});
