import { isUtf8 } from 'node:buffer';
import { Controller, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../access/access-rule.js';
import { requirePlain } from '../../http/body-content.js';
import { ProblemError } from '../../http/problem.error.js';
import { StreamsAnyBody } from '../../http/streamed-body.js';
import { saysStripped } from '../context/says-stripped.js';
import { ReceiptsService } from '../receipts.service.js';
import { ReceiptsJournal } from '../receipts-journal.js';
import { ApiReceiveContext } from './api-receive-context.js';
import { HookGuard } from './hook.guard.js';

/** Twice what Dataverse sends at most (256 KB for the whole request): more is not Dataverse's. */
const CONTEXT_BYTES = 512 * 1024;

/**
 * The gateway's own webhook. Dataverse waits 60 s, reads the status alone, and posts once more after a 502, 503 or 504: so
 * whatever a repeat cannot better is a 204.
 */
@ApiTags('Receipts')
@Controller('hooks')
@UseGuards(HookGuard)
export class DataverseHookController {
  constructor(
    private readonly receipts: ReceiptsService,
    private readonly journal: ReceiptsJournal,
  ) {}

  /** Public to the gateway's own credentials; `HookGuard` asks for Dataverse's. */
  @Post('dataverse')
  @HttpCode(204)
  @Public()
  @StreamsAnyBody()
  @ApiReceiveContext()
  async receive(@Req() request: FastifyRequest): Promise<void> {
    // Whose bodies they are: contexts never take the room of events, nor events theirs.
    request.bodyHolder = '/hooks/dataverse';
    const stripped = saysStripped(request.headers);
    let isRead = false;
    const work = (bytes: Buffer) => {
      isRead = true;
      return this.take(bytes, stripped);
    };
    requirePlain(request.headers);
    try {
      await request.server.bodyRoom.use(request, { maxBytes: CONTEXT_BYTES, work });
    } catch (error) {
      throw isRead ? error : this.unread(error);
    }
  }

  private async take(bytes: Buffer, stripped: boolean): Promise<void> {
    if (!isUtf8(bytes)) {
      this.journal.refused('malformed');
      throw new ProblemError('malformed-context', 'The body is not valid UTF-8.');
    }
    const taken = await this.receipts.take({ body: bytes.toString('utf8'), channel: 'webhook', stripped });
    if (taken.kind === 'malformed') throw new ProblemError('malformed-context', taken.detail);
  }

  /** Why a body was not read to its end. */
  private unread(error: unknown): unknown {
    const slug = error instanceof ProblemError ? error.slug : null;
    if (slug === 'payload-too-large') {
      this.journal.refused('too-large');
      return new ProblemError('context-too-large', `The body exceeds ${CONTEXT_BYTES} bytes.`, {
        headers: { Connection: 'close' },
      });
    }
    this.journal.refused(slug === 'overloaded' ? 'overloaded' : 'incomplete');
    return error;
  }
}
