import { createInterface } from 'node:readline';
import type { CliContext } from './cli-context.js';

/** The context of a command that was started from a shell. */
export function processContext(): CliContext {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    environment: undefined,
    interruption: () => {
      const controller = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
      return controller.signal;
    },
    ask: process.stdin.isTTY && process.stderr.isTTY ? ask : null,
  };
}

/** The line typed until Enter; an empty text at the end of input and for Ctrl-C. */
function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const { promise, resolve } = Promise.withResolvers<string>();
  terminal.once('SIGINT', () => terminal.close());
  terminal.once('close', () => resolve(''));
  terminal.question(question, (answer) => {
    resolve(answer);
    terminal.close();
  });
  return promise;
}
