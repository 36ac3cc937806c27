import { isDeepStrictEqual } from 'node:util';
import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import type { Answer } from '../harness/answer-reader.js';
import { excerpt, type Step, statusIs } from '../harness/fuzz-case.js';
import { inChunks, requestBytes } from '../harness/requests.js';
import { type Verdict, verdictOn } from '../harness/verdict.js';
import { type EventTypeUnderFuzz, jsonOf, type World } from '../harness/world.js';

/** Bytes of an event, by contract. */
export const MOST_EVENT_BYTES = 65_536;

/** From so many bytes on an event may be too large for Dataverse although it is small enough for the gateway. */
const ENCODED_MAY_BE_TOO_LARGE = 22_000;

/** How many of the accepted events are read back, sent again, sent again with another content. */
const SHARES = { readBack: 0.25, repeat: 0.1, conflict: 0.05 };

/** Publishes one body; whether it is taken, the contract says. */
export function publish(world: World, type: EventTypeUnderFuzz, body: Buffer, random: SeededRandom): Step {
  const verdict = verdictOn(world.contract, type.pointer, body, MOST_EVENT_BYTES);
  if (verdict.kind === 'either') world.undecided++;
  return {
    method: 'POST',
    operation: type.operation,
    bytes: publication(world, type, body, random),
    judge: (answer) => judgeReceipt(world, verdict, body, answer),
    next: (answer) => (answer.status === 202 ? follow(world, { type, body, verdict, answer }, random) : null),
  };
}

function publication(world: World, { path }: EventTypeUnderFuzz, body: Buffer, random: SeededRandom): Buffer {
  const parts = { method: 'POST', target: path, apiKey: world.keys.publisher };
  if (body.length === 0 || !random.chance(0.1)) return requestBytes({ ...parts, body });
  const head = requestBytes({
    ...parts,
    headers: ['Transfer-Encoding: chunked', 'Content-Type: application/json; charset=utf-8'],
  });
  return Buffer.concat([head, inChunks(body, random)]);
}

function judgeReceipt(world: World, verdict: Verdict, body: Buffer, answer: Answer): readonly string[] {
  if (answer.status === 202) {
    world.accepted.add(String(jsonOf(answer)?.id));
    return verdict.kind === 'refuse' ? [`ACCEPTED what the contract refuses: ${excerpt(body)}`] : [];
  }
  if (verdict.kind === 'refuse') return statusIs(verdict.status)(answer);
  if (answer.status === 413 && body.length > ENCODED_MAY_BE_TOO_LARGE) return [];
  if (answer.status === 400 && verdict.kind === 'either') return [];
  return [`REFUSED what the contract allows: ${excerpt(answer.body)}\n  sent: ${excerpt(body)}`];
}

interface Published {
  readonly type: EventTypeUnderFuzz;
  readonly body: Buffer;
  readonly verdict: Verdict;
  readonly answer: Answer;
}

function follow(world: World, published: Published, random: SeededRandom): Step | null {
  const id = String(jsonOf(published.answer)?.id);
  if (random.chance(SHARES.readBack)) return readBack(world, id, published.verdict);
  if (random.chance(SHARES.repeat)) return repeat(world, published, id, random);
  if (random.chance(SHARES.conflict)) return conflict(world, published, random);
  return null;
}

/** Reads an event with its content, which must be what was sent. */
export function readBack(world: World, id: string, verdict: Verdict): Step {
  const sent = verdict.kind === 'refuse' ? null : withoutNulls(verdict.value);
  return {
    method: 'GET',
    operation: 'getEvent',
    bytes: requestBytes({ method: 'GET', target: `/v1/events/${id}?include=data`, apiKey: world.keys.publisher }),
    judge: (answer) => {
      const event = jsonOf(answer);
      if (answer.status !== 200 || event?.id !== id) return [`an accepted event that cannot be read: ${answer.status}`];
      return isDeepStrictEqual(event.data, sent) ? [] : [`KEPT another content than was sent: ${excerpt(answer.body)}`];
    },
  };
}

function repeat(world: World, { type, body }: Published, id: string, random: SeededRandom): Step {
  return {
    method: 'POST',
    operation: type.operation,
    bytes: publication(world, type, body, random),
    judge: (answer) =>
      answer.status === 202 && jsonOf(answer)?.id === id && answer.headers.get('idempotency-replayed') === 'true'
        ? []
        : [`a repeat that was not answered like the first time: ${answer.status} ${excerpt(answer.body)}`],
  };
}

/** The same key with another instant of the same event. */
function conflict(world: World, { type, verdict }: Published, random: SeededRandom): Step | null {
  if (verdict.kind === 'refuse') return null;
  const other = { ...(verdict.value as object), occurredAt: '2001-01-01T00:00:00.123456789Z' };
  const bytes = Buffer.from(JSON.stringify(other));
  return {
    method: 'POST',
    operation: type.operation,
    bytes: publication(world, type, bytes, random),
    judge: bytes.length > ENCODED_MAY_BE_TOO_LARGE ? statusIs(422, 413) : statusIs(422),
  };
}

/** Absent and null mean the same; what is kept has no nulls. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}
