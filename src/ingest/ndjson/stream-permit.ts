import type { FastifyRequest } from 'fastify';
import type { AccessGuard } from '../../access/access.guard.js';
import type { ClientRates } from '../../access/client-rates.js';
import type { Principal } from '../../access/principal.js';
import { principalOf } from '../../access/principal-of.js';
import { ProblemError } from '../../http/problem.error.js';
import { problemFor } from '../../http/problem-for.js';
import { type AcceptanceGate, refusalFor } from '../acceptance-gate.js';
import { NDJSON_LIMITS } from './ndjson-limits.js';

export interface StreamPermitParts {
  readonly request: FastifyRequest;
  readonly guard: AccessGuard;
  readonly rates: ClientRates;
  readonly gate: AcceptanceGate;
}

/** Whether a stream's next lines may be taken: now, or only after this long, and why not now. */
export type Leave =
  | { readonly kind: 'now' }
  | { readonly kind: 'later'; readonly ms: number; readonly problem: ProblemError };

/**
 * Decides whether a stream may go on, long after it was let in: it ends for a client whose credential was revoked, and
 * waits for one that is too fast.
 */
export class StreamPermit {
  /** The guard counted the request as one event. */
  private isPaid = true;

  constructor(private readonly parts: StreamPermitParts) {}

  get client(): string {
    return this.principal.client;
  }

  /** How many lines may be counted at once: a client with a rate should wait for seconds, not for minutes. */
  get groupLines(): number {
    const { rate } = this.principal;
    return rate === null ? NDJSON_LIMITS.groupLines : Math.max(1, Math.min(Math.floor(rate), NDJSON_LIMITS.groupLines));
  }

  /** Why the stream must end, or null. Where the answer cannot be had, the previous answer stays in force. */
  async reasonToEnd(): Promise<ProblemError | null> {
    const { guard, request } = this.parts;
    try {
      await guard.recognize(request);
      return null;
    } catch (error) {
      const problem = problemFor(error);
      // While a store or an issuer cannot be reached, nobody can tell.
      return problem !== null && problem.status < 500 ? problem : null;
    }
  }

  /** Counts this many lines towards the client's rate, unless the rate is used up or the gateway has too much to do. */
  leaveFor(lines: number): Leave {
    const { rates, gate } = this.parts;
    if (gate.closedToNew(lines) === 'overloaded') {
      return { kind: 'later', ms: NDJSON_LIMITS.overloadPauseMs, problem: refusalFor('overloaded') };
    }
    try {
      rates.spendFor(this.parts.request, this.isPaid ? lines - 1 : lines);
      this.isPaid = false;
      return { kind: 'now' };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return { kind: 'later', ms: Number(error.headers['Retry-After']) * 1_000, problem: error };
    }
  }

  private get principal(): Principal {
    return principalOf(this.parts.request);
  }
}
