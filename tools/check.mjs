// Says yes or no for everything, and which: `npm run check`, or `npm run check -- lint types` for some of it.
import { spawnSync } from 'node:child_process';

const STEPS = {
  lint: ['biome', 'check', '--error-on-warnings', '.'],
  types: ['tsc', '-p', 'tsconfig.json'],
  imports: ['depcruise', '--config', '.dependency-cruiser.cjs', 'src'],
  'dead-code': ['knip', '--no-progress'],
  openapi: ['node', 'tools/check-openapi.mjs'],
  tests: ['npm', 'test'],
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in STEPS));
if (unknown.length > 0) {
  process.stderr.write(`no such step: ${unknown.join(', ')}. Steps: ${Object.keys(STEPS).join(', ')}\n`);
  process.exit(2);
}

const failed = [];
for (const [name, [command, ...args]] of Object.entries(STEPS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stdout.write(`\n== ${name}\n`);
  if (spawnSync(command, args, { stdio: 'inherit' }).status !== 0) failed.push(name);
}
process.stdout.write(failed.length === 0 ? '\ncheck: yes\n' : `\ncheck: no (${failed.join(', ')})\n`);
process.exit(failed.length === 0 ? 0 : 1);
