import type { Logger } from 'pino';
import type { Gateway } from './gateway.js';

/** How much longer than the grace time a stop may take before the process ends without it: correctness allows that. */
const STOP_MARGIN_MS = 5_000;

/**
 * Lets a gateway run until SIGTERM or SIGINT, or until it fails. Resolves with the exit code once everything is closed:
 * 0 after a signal, 1 after a failure, for then an orchestrator must restart it.
 */
export async function runUntilStopped(
  gateway: Pick<Gateway, 'failed' | 'stop'>,
  logger: Logger,
  graceMs: number,
): Promise<number> {
  const ended = await Promise.race([nextSignal(), gateway.failed]);
  if (ended instanceof Error) {
    logger.fatal({ err: ended }, 'gateway.failed');
    // It is unknown what was stored: closing in order could only hide that.
    return 1;
  }
  logger.info({ signal: ended }, 'gateway.stopping');
  const late = setTimeout(() => {
    logger.error('gateway.stop-overdue');
    process.exit(1);
  }, graceMs + STOP_MARGIN_MS);
  await gateway.stop(graceMs);
  clearTimeout(late);
  logger.info('gateway.stopped');
  return 0;
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** A second signal, of either kind, has its default effect: somebody in a hurry presses Ctrl-C twice. */
function nextSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  const receive = (signal: NodeJS.Signals) => {
    for (const one of SIGNALS) process.off(one, receive);
    resolve(signal);
  };
  for (const signal of SIGNALS) process.on(signal, receive);
  return promise;
}
