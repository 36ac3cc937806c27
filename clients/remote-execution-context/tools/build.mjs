// Takes the model from the gateway's own source (or from the folder named: `npm run build -- <folder>`), where it imports nothing,
// and compiles it with the library of ES2022 alone: what runs in Node, in browsers and in Azure Functions is one and the same.
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
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
const { status } = spawnSync(process.execPath, [tsc, '-p', root], { stdio: 'inherit' });
process.exit(status ?? 1);
