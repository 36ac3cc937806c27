// The committed OpenAPI document is what the code says today, and passes the recommended rules of Redocly and Spectral.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const COMMITTED = 'openapi/openapi.json';

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  return status === 0;
}

function isCurrent() {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  try {
    const fresh = join(folder, 'openapi.json');
    if (!run('node', ['tools/build.mjs']) || !run('node', ['dist/cli.js', 'openapi', '--out', fresh])) return false;
    const same = readFileSync(fresh, 'utf8') === readFileSync(COMMITTED, 'utf8');
    if (!same) process.stdout.write(`${COMMITTED} is stale: npm run gateway -- openapi writes it anew\n`);
    return same;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const current = isCurrent();
const redocly = run('redocly', ['lint', COMMITTED]);
const spectral = run('spectral', ['lint', '--fail-severity=warn', COMMITTED]);
process.exit(current && redocly && spectral ? 0 : 1);
