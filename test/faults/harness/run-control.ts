import { breakBuild } from './broken-build.js';
import type { Rule } from './check.js';
import type { Control } from './controls.js';
import { runInWorld } from './run-in-world.js';

/** What is held back by a mistake need not be waited for. */
const REST_MS = 2_000;

/** On a machine that is busy a fault may pass while hardly anything is sent: then it comes again, by another seed. */
const SEEDS = [5, 6, 7, 8];

/** Runs a broken gateway and tells which promises the checker saw broken, the one that counts among them if any run shows it. */
export async function runControl(control: Control): Promise<ReadonlySet<Rule>> {
  const { file, find, replace, action, steps, rule } = control;
  const broken = await breakBuild([{ file, find, replace }]);
  const seen = new Set<Rule>();
  try {
    for (const seed of SEEDS) {
      const report = await runInWorld({ seed, actions: [action], steps, main: broken.main, restMs: REST_MS });
      for (const violation of report.violations) seen.add(violation.rule);
      if (seen.has(rule)) break;
    }
    return seen;
  } finally {
    await broken.remove();
  }
}
