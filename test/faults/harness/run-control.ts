import { breakBuild } from './broken-build.js';
import type { Rule } from './check.js';
import type { Control } from './controls.js';
import { runInWorld } from './run-in-world.js';

/** What is held back by a mistake need not be waited for. */
const REST_MS = 2_000;

/** Runs a broken gateway and tells which promises the checker saw broken. */
export async function runControl({ file, find, replace, action, steps }: Control): Promise<ReadonlySet<Rule>> {
  const broken = await breakBuild([{ file, find, replace }]);
  try {
    const report = await runInWorld({ seed: 5, actions: [action], steps, main: broken.main, restMs: REST_MS });
    return new Set(report.violations.map(({ rule }) => rule));
  } finally {
    await broken.remove();
  }
}
