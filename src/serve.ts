import { CertificateRenewal } from './certificate-renewal.js';
import { Gateway } from './gateway.js';
import { createLogger } from './operations/log/logger.js';
import { releaseMemory } from './release-memory.js';
import { runUntilStopped } from './run-until-stopped.js';
import { readCertificate, readSettings } from './settings/read-settings.js';

/** By when everything that only the start needed is garbage. */
const SETTLED_AFTER_MS = 1_000;

/** How long it may take until a certificate that was renewed on disk is in use. */
const LOOK_AT_CERTIFICATE_EVERY_MS = 60_000;

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
  logger.info({ url: gateway.url, pid: process.pid }, 'gateway.listening');
  setTimeout(releaseMemory, SETTLED_AFTER_MS).unref();
  const { tls: initial } = settings.http;
  if (initial !== null) {
    const use = gateway.useCertificate.bind(gateway);
    const renewal = new CertificateRenewal({ initial, read: readCertificate, use, logger });
    setInterval(() => renewal.look(), LOOK_AT_CERTIFICATE_EVERY_MS).unref();
  }
  return stopped;
}
