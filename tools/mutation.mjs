// `npm run mutation`, or `npm run mutation -- gates fencing` for some groups: at least 85 % of the mutants of each must be
// caught. Takes many minutes; nothing else should run meanwhile, for a slow machine makes mutants time out.
import { spawnSync } from 'node:child_process';
import { MUTATION_GROUPS } from './mutation-groups.mjs';

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in MUTATION_GROUPS));
if (unknown.length > 0) {
  process.stderr.write(`no such group: ${unknown.join(', ')}. Groups: ${Object.keys(MUTATION_GROUPS).join(', ')}\n`);
  process.exit(2);
}

const failed = [];
for (const name of asked.length > 0 ? asked : Object.keys(MUTATION_GROUPS)) {
  process.stdout.write(`\n== ${name}\n`);
  const env = { ...process.env, MUTATION_GROUP: name };
  if (spawnSync('stryker', ['run'], { stdio: 'inherit', env }).status !== 0) failed.push(name);
}
process.stdout.write(failed.length === 0 ? '\nmutation: yes\n' : `\nmutation: no (${failed.join(', ')})\n`);
process.exit(failed.length === 0 ? 0 : 1);
