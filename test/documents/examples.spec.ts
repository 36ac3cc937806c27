import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { DocumentRun } from './support/document-run.js';
import { readDocument } from './support/read-document.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LONGEST_MS = 120_000;
/** What a reader would copy and run. */
const LANGUAGES = new Set(['http', 'bash', 'sh', 'json', 'ndjson', 'typescript', 'javascript']);
const MARKS = ['run', 'answer', 'file', 'shown'];

const documents = [...markdownIn('.'), ...markdownIn('docs')].map((path) => ({
  path,
  document: readDocument(readFileSync(join(ROOT, path), 'utf8')),
}));
/** Documents for those who call the gateway. */
const ofCallers = documents.filter(({ document }) =>
  document.blocks.some(({ language, marks }) => language === 'http' || MARKS.some((mark) => marks.has(mark))),
);

function markdownIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file));
}

describe('an example in a document', () => {
  it.each(ofCallers)('is run, or says why it is not: $path', ({ document }) => {
    const unmarked = document.blocks.filter(
      ({ language, marks }) => LANGUAGES.has(language) && !MARKS.some((mark) => marks.has(mark)),
    );
    expect(unmarked.map(({ line, language }) => `line ${line}: ${language}`)).toEqual([]);
  });

  it.each(ofCallers.filter(({ document }) => document.steps.length > 0))(
    'does what the document says: $path',
    async ({ document }) => {
      const run = await DocumentRun.start(document);
      try {
        await run.run(document.steps);
      } finally {
        await run.stop();
      }
    },
    LONGEST_MS,
  );
});
