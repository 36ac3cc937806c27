import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../access/access-rule.js';
import { ApiProblems } from '../../http/api-problems.js';
import { CURSOR_SCHEMA, readCursor } from '../../http/cursor.js';
import { DEFAULT_PAGE_LIMIT, readPageLimit } from '../../http/page-limit.js';
import { readQuery } from '../../http/read-query.js';
import { objectOf } from '../../kernel/json-reader.js';
import { AuditStore } from '../../outbox/audit-store.js';
import { AuditPageResource, auditPageResourceOf } from './audit.resource.js';

const readPage = objectOf({ cursor: readCursor, limit: readPageLimit });

/** The audit: who did what. */
@ApiTags('Operators')
@Controller('v1/audit')
@Roles('operator')
export class AuditController {
  constructor(private readonly audit: AuditStore) {}

  @Get()
  @ApiOperation({
    operationId: 'listAudit',
    summary: 'Read who did what',
    description: 'Everything operators did, over HTTP and by command, the newest first; kept for ever.',
  })
  @ApiQuery({
    name: 'cursor',
    required: false,
    schema: CURSOR_SCHEMA,
    description: 'The `next` of the page before.',
  })
  @ApiQuery({
    name: 'limit',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    description: 'How many at most.',
  })
  @ApiOkResponse({ type: AuditPageResource, description: 'The page.' })
  @ApiProblems('invalid-parameter', 'unauthenticated', 'forbidden', 'storage-unavailable')
  async list(@Query() query: unknown): Promise<AuditPageResource> {
    const { cursor: before = null, limit = DEFAULT_PAGE_LIMIT } = readQuery(query, readPage);
    return auditPageResourceOf(await this.audit.list({ before, limit }), limit);
  }
}
