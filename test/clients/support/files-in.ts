import { run } from './run.js';

/** The files of a packed package, as npm names them, without the folder that all of them are in. */
export async function filesIn(archive: string): Promise<readonly string[]> {
  const listed = await run('tar', ['-tzf', archive]);
  return listed
    .trim()
    .split('\n')
    .map((name) => name.replace(/^package\//, ''));
}
