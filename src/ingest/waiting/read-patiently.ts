import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../../access/principal-of.js';
import { callerLeaves } from '../../http/caller-leaves.js';
import type { EventRecord } from '../../outbox/event-record.js';
import type { EventWatch } from './event-watch.js';
import { preferredWait } from './prefer-wait.js';

/** What the OpenAPI document says about the header that tells of a wait. */
export const WAITED_HEADERS = {
  'Preference-Applied': {
    description:
      'The wait that was granted, such as `wait=10`; absent where nobody asked, and where it could not be granted.',
    schema: { type: 'string' as const },
  },
};

/** A call that reads one event, with who called and how it is answered. */
interface PatientCall {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Throws where the caller may not see the event, before any waiting. */
  readonly read: () => Promise<EventRecord>;
}

/** The event. If the request prefers to wait, it is read when the event has ended or the time is over. */
export async function readPatiently(watch: EventWatch, { request, reply, read }: PatientCall): Promise<EventRecord> {
  const event = await read();
  const seconds = preferredWait(request.headers.prefer as string | undefined);
  if (seconds === null) return event;
  const isOpen = event.status === 'pending' || event.status === 'delivering';
  const { client } = principalOf(request);
  const gone = callerLeaves(request, reply);
  const isGranted = !isOpen || (await watch.wait({ id: event.id, client, ms: seconds * 1_000, gone }));
  if (isGranted) reply.header('Preference-Applied', `wait=${seconds}`);
  return isOpen ? read() : event;
}
