/**
 * Lets plain node run the TypeScript sources: worker threads and child processes of tests, and scripts. Load it with
 * `node --import ./test/support/typescript-hooks.mjs`, or through NODE_OPTIONS, which worker threads inherit.
 *
 * An import of `./x.js` finds `./x.ts` where only that exists, and TypeScript is compiled by the same compiler and options
 * as under jest. Compiled files are kept below node_modules/.cache by content, and the compiler is loaded only when one
 * is missing: a worker thread starts in milliseconds, not in a tenth of a second.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { threadId } from 'node:worker_threads';
import jestConfig from '../../jest.config.mjs';

const [, compilerOptions] = jestConfig.transform['^.+\\.ts$'];
const CACHE = new URL('../../node_modules/.cache/typescript-hooks/', import.meta.url);
const OPTIONS_TEXT = JSON.stringify(compilerOptions);

registerHooks({
  resolve(specifier, context, nextResolve) {
    const source = sourceFor(specifier, context.parentURL);
    return source === null ? nextResolve(specifier, context) : { url: source, format: 'module', shortCircuit: true };
  },
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !new URL(url).pathname.endsWith('.ts')) return nextLoad(url, context);
    return { format: 'module', source: compiled(fileURLToPath(url)), shortCircuit: true };
  },
});

function sourceFor(specifier, parentUrl) {
  if (parentUrl === undefined || !/^(\.{1,2}\/|file:).*\.js$/.test(specifier)) return null;
  const asWritten = new URL(specifier, parentUrl);
  if (asWritten.protocol !== 'file:' || asWritten.pathname.includes('/node_modules/')) return null;
  const source = new URL(asWritten.href.replace(/\.js$/, '.ts'));
  return existsSync(source) && !existsSync(asWritten) ? source.href : null;
}

function compiled(path) {
  const text = readFileSync(path, 'utf8');
  const name = createHash('sha256').update(`${OPTIONS_TEXT}\0${path}\0${text}`).digest('hex');
  const kept = new URL(`${name}.mjs`, CACHE);
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    return keep(kept, compile(path, text));
  }
}

function compile(path, text) {
  const { transformSync } = createRequire(import.meta.url)('@swc/core');
  return transformSync(text, { ...compilerOptions, filename: path, sourceMaps: 'inline', swcrc: false }).code;
}

/** Written aside and renamed: another thread never reads half a file. */
function keep(file, code) {
  const aside = new URL(`${file.href}.${process.pid}-${threadId}`);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(aside, code);
  renameSync(aside, file);
  return code;
}
