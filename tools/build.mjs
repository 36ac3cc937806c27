// Compiles src/ to dist/, where something changed. Output whose source is gone is removed first: a deleted event file
// must not live on in dist/events, where the loader would find it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');
const stamp = join(dist, '.built');

function changedAt(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

for (const output of existsSync(dist) ? readdirSync(dist, { recursive: true }) : []) {
  const source = join(root, 'src', output.replace(/\.js(\.map)?$/, '.ts'));
  if (/\.js(\.map)?$/.test(output) && !existsSync(source)) rmSync(join(dist, output));
}

const sources = readdirSync(join(root, 'src'), { recursive: true }).map((file) => join('src', file));
const inputs = [...sources, 'tsconfig.json', 'tsconfig.build.json', 'package.json'].map((file) => join(root, file));
if (inputs.every((input) => changedAt(input) < changedAt(stamp))) process.exit(0);

const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
if (status === 0) writeFileSync(stamp, '');
process.exit(status ?? 1);
