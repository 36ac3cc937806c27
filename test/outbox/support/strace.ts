import { spawnSync } from 'node:child_process';

/** Whether this machine has strace and lets it trace; many containers have neither. */
export const canTrace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;

/** The command that runs what follows under strace, tracing (and bending) `calls` into a file. */
export function tracing(output: string, calls: string, ...injections: readonly string[]): readonly string[] {
  return [
    'strace',
    '-f',
    '-qq',
    '-o',
    output,
    '-e',
    `trace=${calls}`,
    ...injections.flatMap((it) => ['-e', `inject=${it}`]),
  ];
}
