import type { Logger } from 'pino';
import type { HttpSettings } from './settings/gateway-settings.js';
import { SettingsError } from './settings/settings.error.js';

type Tls = NonNullable<HttpSettings['tls']>;

export interface CertificateRenewalParts {
  /** The certificate that the gateway was started with. */
  readonly initial: Tls;
  /** Reads certificate and key again; throws `SettingsError` while they do not belong together. */
  readonly read: () => Tls | null;
  /** Uses them for new connections; open ones go on as they are. */
  readonly use: (tls: Tls) => void;
  readonly logger: Logger;
}

/**
 * Takes a certificate that was renewed on disk into use. A renewal writes two files, one after the other: while they do
 * not belong together, they are left alone.
 */
export class CertificateRenewal {
  private current: Tls;
  private isRefused = false;

  constructor(private readonly parts: CertificateRenewalParts) {
    this.current = parts.initial;
  }

  /** Checks once; never throws. */
  look(): void {
    const found = this.read();
    if (found === null || (found.certificate === this.current.certificate && found.key === this.current.key)) return;
    this.parts.use(found);
    this.current = found;
    this.parts.logger.info('tls.renewed');
  }

  private read(): Tls | null {
    try {
      const found = this.parts.read();
      this.isRefused = false;
      return found;
    } catch (error) {
      if (!this.isRefused) this.parts.logger.warn({ reason: reasonOf(error) }, 'tls.not-renewed');
      this.isRefused = true;
      return null;
    }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof SettingsError)) return 'certificate and key cannot be read';
  return error.faults.map(({ name, detail }) => `${name} ${detail}`).join('; ');
}
