import { join } from 'node:path';
import { run } from '../../clients/support/run.js';

/** What an example prints that does not listen, run beside the one that does. */
export function shown({
  project,
  script,
  environment,
  cwd,
}: {
  readonly project: string;
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd?: string;
}): Promise<string> {
  return run(process.execPath, [join(project, 'dist', script)], {
    env: environment,
    ...(cwd === undefined ? {} : { cwd }),
  });
}
