import type { FastifyInstance, FastifyRequest } from 'fastify';
import { forget, type Organization } from '../organization.js';
import { PAGE_SCHEMA } from './schemas.js';

type PageRequest = FastifyRequest<{ Querystring: { after?: number; limit?: number } }>;

const DEFAULT_PAGE = 100;

interface Record {
  readonly total: number;
  after(sequence: number, limit: number): readonly { readonly sequence: number }[];
  clear(): void;
}

/** What the emulator saw: received calls, the request log, posts to endpoints, and calls that came too early. */
export function recordRoutes(control: FastifyInstance, organization: Organization): void {
  const { received, requests, watch, asyncService } = organization;
  for (const [path, record] of [
    ['/received', received],
    ['/requests', requests],
    ['/posts', asyncService.posts],
  ] as const) {
    control.get(path, { schema: { querystring: PAGE_SCHEMA } }, (request: PageRequest) => page(record, request));
    control.delete(path, (_request, reply) => {
      record.clear();
      return reply.code(204).send();
    });
  }
  control.get('/early-calls', () => watch.early());
  control.post('/reset', (_request, reply) => {
    forget(organization);
    return reply.code(204).send();
  });
}

/** `next` is the `after` of the next page, or null at the end. */
function page(record: Record, { query: { after = 0, limit = DEFAULT_PAGE } }: PageRequest): unknown {
  const items = record.after(after, limit);
  return { total: record.total, items, next: items.length < limit ? null : (items.at(-1)?.sequence ?? null) };
}
