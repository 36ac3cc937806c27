import { Controller, HttpCode, Logger, Post, Req, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../access/access-rule.js';
import { originOf } from '../../access/origin-of.js';
import { requirePlain } from '../../http/body-content.js';
import { ProblemError } from '../../http/problem.error.js';
import { problemFor } from '../../http/problem-for.js';
import type { ProblemSlug } from '../../http/problem-types.js';
import { StreamsAnyBody } from '../../http/streamed-body.js';
import type { Arrival } from '../arrival.js';
import { saysStripped } from '../context/says-stripped.js';
import { CONTEXT_BYTES } from '../context-limit.js';
import { ReceiptsService } from '../receipts.service.js';
import { type ReceiptRefusal, ReceiptsJournal } from '../receipts-journal.js';
import { textOf } from '../text-of.js';
import { ApiReceiveContext } from './api-receive-context.js';
import { HookGuard } from './hook.guard.js';

/**
 * The gateway's own webhook. Dataverse waits 60 s, reads the status alone, and posts once more after a 502, 503 or 504:
 * so a post that a repeat could not improve is answered 204.
 */
@ApiTags('Receipts')
@Controller('hooks')
@UseGuards(HookGuard)
export class DataverseHookController {
  private readonly logger = new Logger('Receipts');

  constructor(
    private readonly receipts: ReceiptsService,
    private readonly journal: ReceiptsJournal,
  ) {}

  /** Public with regard to the gateway's own credentials; `HookGuard` checks Dataverse's. */
  @Post('dataverse')
  @HttpCode(204)
  @Public()
  @StreamsAnyBody()
  @ApiReceiveContext()
  async receive(@Req() request: FastifyRequest): Promise<void> {
    // The holder of these bodies: contexts never take up the room of events, nor events theirs.
    request.bodyHolder = '/hooks/dataverse';
    const post = { channel: 'webhook', stripped: saysStripped(request.headers), from: originOf(request) } as const;
    let isRead = false;
    const work = (bytes: Buffer) => {
      isRead = true;
      return this.take(bytes, post);
    };
    try {
      requirePlain(request.headers);
      await request.server.bodyRoom.use(request, { maxBytes: CONTEXT_BYTES, work });
    } catch (error) {
      throw isRead ? error : this.unread(error, post);
    }
  }

  private async take(bytes: Buffer, post: Posted): Promise<void> {
    const body = textOf(bytes);
    if (body === null) {
      this.refused('malformed', post);
      throw new ProblemError('malformed-context', 'The body is not valid UTF-8.');
    }
    const result = await this.receipts.take({ body, ...post }).catch((error) => this.failed(error));
    if (result.kind === 'malformed') throw new ProblemError('malformed-context', result.detail);
  }

  /** After a 500 Dataverse would not post once more, and an unforeseen failure may not happen the next time. */
  private failed(error: unknown): never {
    if (problemFor(error) !== null) throw error;
    this.logger.error('A receipt could not be taken', error instanceof Error ? error.stack : typeof error);
    throw new ProblemError('storage-unknown', 'The gateway failed; operators find why in the log.', {
      headers: { 'Retry-After': '5' },
    });
  }

  /** Why a body was not read to its end. */
  private unread(error: unknown, post: Posted): unknown {
    const slug = error instanceof ProblemError ? error.slug : null;
    if (slug === 'payload-too-large') {
      this.refused('too-large', post);
      return new ProblemError('context-too-large', `The body exceeds ${CONTEXT_BYTES} bytes.`, {
        headers: { Connection: 'close' },
      });
    }
    this.refused((slug !== null && UNREAD[slug]) || 'incomplete', post);
    return error;
  }

  private refused(reason: ReceiptRefusal, { channel, from }: Posted): void {
    this.journal.refused({ reason, channel, from });
  }
}

/** What is known of a post before its body is read. */
type Posted = Required<Omit<Arrival, 'body'>>;

const UNREAD: Partial<Record<ProblemSlug, ReceiptRefusal>> = {
  overloaded: 'overloaded',
  'unsupported-media-type': 'encoded',
};
