import { Injectable } from '@nestjs/common';
import { ProblemError } from '../http/problem.error.js';

/** Seconds a restart or a move to another replica takes. */
const RETRY_AFTER = '5';

/** Whether events are accepted at all; closed first when the gateway stops. Reads go on until the server closes. */
@Injectable()
export class AcceptanceGate {
  private isOpen = true;

  /** For good: a process that stops does not start again. */
  close(): void {
    this.isOpen = false;
  }

  /** Throws the 503 problem that the caller is to be answered with. */
  requireOpen(): void {
    if (this.isOpen) return;
    throw new ProblemError('shutting-down', 'The gateway is stopping; nothing was stored.', {
      headers: { 'Retry-After': RETRY_AFTER, Connection: 'close' },
    });
  }
}
