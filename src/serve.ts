import { CertificateRenewal } from './certificate-renewal.js';
import { Gateway } from './gateway.js';
import { createLogger } from './operations/log/logger.js';
import { releaseMemory } from './release-memory.js';
import { runUntilStopped } from './run-until-stopped.js';
import { readCertificate, readSettings } from './settings/read-settings.js';
import { startLine } from './start-line.js';

/** By when everything that only the start needed is garbage. */
const SETTLED_AFTER_MS = 1_000;

/** How long it may take until a certificate that was renewed on disk is in use. */
const LOOK_AT_CERTIFICATE_EVERY_MS = 60_000;

const EMPTY =
  'it has neither a client nor an event. Right before the first client is made; else DATABASE_URL names another store ' +
  'than before, or the volume it lies on is not mounted';

/**
 * Production: settings from the environment, log to standard output, until a signal. Resolves with the exit code;
 * rejects where the start is refused (settings, event definitions, database, port).
 */
export async function serve(): Promise<number> {
  const settings = readSettings();
  const { logLevel, shutdownGraceMs } = settings.operations;
  const logger = createLogger({ level: logLevel, to: 'stdout' });
  for (const { name, detail } of settings.warnings) logger.warn({ setting: name, detail }, 'setting.doubtful');
  const gateway = await Gateway.start({ settings, logger });
  // Before anybody is told that it listens: a program that reads this may stop the gateway at once.
  const stopped = runUntilStopped(gateway, logger, shutdownGraceMs);
  const line = startLine(gateway.url, settings);
  logger.info(line, 'gateway.listening');
  if (gateway.isStoreEmpty) logger.warn({ store: line.store, detail: EMPTY }, 'store.empty');
  setTimeout(releaseMemory, SETTLED_AFTER_MS).unref();
  const { tls: initial } = settings.http;
  if (initial !== null) {
    const use = gateway.useCertificate.bind(gateway);
    const renewal = new CertificateRenewal({ initial, read: readCertificate, use, logger });
    setInterval(() => renewal.look(), LOOK_AT_CERTIFICATE_EVERY_MS).unref();
  }
  return stopped;
}
