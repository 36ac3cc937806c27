// Takes the model from the gateway's own source (or from the folder named: `npm run build -- <folder>`), where it imports nothing,
// and compiles it with the library of ES2022 alone: what runs in Node, in browsers and in Azure Functions is one and the same.
// Twice: as ES modules, and for those who `require` as CommonJS in dist/cjs, each with its own types.
import { spawnSync } from 'node:child_process';
import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const source = resolve(process.argv[2] ?? resolve(root, '../../src/receipts/context'));
const copy = resolve(root, 'src/context');

rmSync(resolve(root, 'dist'), { recursive: true, force: true });
rmSync(copy, { recursive: true, force: true });
cpSync(source, copy, { recursive: true, filter: (path) => !path.endsWith('.spec.ts') });

const tsc = createRequire(import.meta.url).resolve('typescript/lib/tsc.js');
// The package.json that is nearest says what the sources are, and what is made of them.
const nearest = resolve(root, 'src/package.json');
rmSync(nearest, { force: true });
compile('dist');
writeFileSync(nearest, '{ "type": "commonjs", "sideEffects": false }\n');
compile('dist/cjs');
// Last: npm packs nothing without it.
renameSync(nearest, resolve(root, 'dist/cjs/package.json'));

function compile(folder) {
  const { status } = spawnSync(process.execPath, [tsc, '-p', root, '--outDir', resolve(root, folder)], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
