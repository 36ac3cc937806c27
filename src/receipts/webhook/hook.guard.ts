import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { FailingNetworks } from '../../access/failing-networks.js';
import { originOf } from '../../access/origin-of.js';
import { ProblemError } from '../../http/problem.error.js';
import { Clock } from '../../kernel/clock.js';
import { ReceiptsService } from '../receipts.service.js';
import { ReceiptsJournal } from '../receipts-journal.js';
import { hookHeadOf } from './hook-head.js';
import { HookReceiver } from './hook-receiver.js';

/** RFC 9110 wants a challenge with every 401; there is no registered scheme for secrets of a webhook. */
const CHALLENGE = { 'WWW-Authenticate': 'Webhook realm="business-events-gateway"' };

/** The connection is closed: reading the rest of the body would cost more than a new connection. */
const CLOSING = { Connection: 'close' };

/**
 * Stands before the receiver: lets in requests that prove to come from Dataverse. It is asked before the body is read.
 */
@Injectable()
export class HookGuard implements CanActivate {
  /**
   * A count of its own: behind one proxy all clients have one address, and wrong secrets here must not slow down
   * clients of the API.
   */
  private readonly failing: FailingNetworks;

  constructor(
    private readonly receiver: HookReceiver,
    private readonly receipts: ReceiptsService,
    private readonly journal: ReceiptsJournal,
    clock: Clock,
  ) {
    this.failing = new FailingNetworks(clock);
  }

  canActivate(context: ExecutionContext): boolean {
    const { authenticator } = this.receiver;
    if (authenticator === null) throw new ProblemError('not-found', NOT_SET, { headers: CLOSING });
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const standing = authenticator.judge(hookHeadOf(request.raw));
    if (standing !== 'known') throw this.refused(standing, request);
    if (this.receipts.isClosed) throw this.stopping(request);
    return true;
  }

  private refused(standing: 'missing' | 'invalid', request: FastifyRequest): ProblemError {
    const from = originOf(request);
    const waitSeconds = standing === 'missing' ? null : this.failing.fail(from);
    const reason = waitSeconds === null ? (`secret-${standing}` as const) : 'secret-slowed';
    this.journal.refused({ reason, channel: 'webhook', from });
    const headers = { ...CHALLENGE, ...CLOSING };
    if (waitSeconds === null) return new ProblemError('hook-unauthenticated', DETAIL[standing], { headers });
    return new ProblemError('credentials-slowed', `${DETAIL.invalid} Too many from this address were not.`, {
      headers: { ...headers, 'Retry-After': String(waitSeconds) },
    });
  }

  private stopping(request: FastifyRequest): ProblemError {
    this.journal.refused({ reason: 'shutting-down', channel: 'webhook', from: originOf(request) });
    return new ProblemError('shutting-down', 'The gateway is stopping; nothing was stored.', {
      headers: { ...CLOSING, 'Retry-After': '5' },
    });
  }
}

const NOT_SET = 'This gateway takes no receipts over HTTP: HOOK_AUTH_FILE is not set.';

const DETAIL = {
  missing: 'The request brings none of the secrets that HOOK_AUTH_FILE asks for.',
  invalid: 'What the request brings is not what HOOK_AUTH_FILE asks for.',
};
