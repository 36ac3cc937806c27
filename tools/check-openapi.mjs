// The committed OpenAPI document and the custom connector made from it are what the code says today, and pass the
// recommended rules of Redocly and Spectral.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const COMMITTED = 'openapi';
const DOCUMENT = 'openapi.json';
const CONNECTOR = 'connector/apiDefinition.swagger.json';
const FILES = [DOCUMENT, CONNECTOR, 'connector/apiProperties.json'];

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  return status === 0;
}

function isCurrent() {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  try {
    const write = ['dist/cli.js', 'openapi', '--out', join(folder, DOCUMENT)];
    if (!run('node', ['tools/build.mjs']) || !run('node', write)) return false;
    const stale = FILES.filter((file) => textOf(folder, file) !== textOf(COMMITTED, file));
    for (const file of stale) process.stdout.write(`${file} is stale: npm run gateway -- openapi writes it anew\n`);
    return stale.length === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function textOf(folder, file) {
  const path = join(folder, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

const linted = [DOCUMENT, CONNECTOR].map((file) => join(COMMITTED, file));
const current = isCurrent();
const redocly = run('redocly', ['lint', ...linted]);
const spectral = run('spectral', ['lint', '--fail-severity=warn', ...linted]);
process.exit(current && redocly && spectral ? 0 : 1);
