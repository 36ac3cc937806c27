import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import type { Answer } from '../harness/answer-reader.js';
import { excerpt, type Step, statusIs } from '../harness/fuzz-case.js';
import { requestBytes } from '../harness/requests.js';
import type { Verdict } from '../harness/verdict.js';
import { jsonOf, type World } from '../harness/world.js';
import { readBack } from './publish.js';

interface Message {
  readonly body: Buffer;
  /** The attributes of binary mode; without them it is structured. */
  readonly headers?: readonly string[];
}

/** How many of the accepted ones are read back. */
const READ_BACK = 0.3;

/** Sends one CloudEvent; whether it is taken, the verdict says. */
export function publishCloudEvent(world: World, verdict: Verdict, message: Message, random: SeededRandom): Step {
  const { body, headers } = message;
  return {
    ...step(world, headers === undefined ? { body, contentType: 'application/cloudevents+json' } : { body, headers }),
    judge: (answer) =>
      judgeReceipt(world, verdict, answer).map((fault) => `${fault}\n  sent: ${headers} ${excerpt(body)}`),
    next: (answer) =>
      answer.status === 202 && random.chance(READ_BACK) ? readBack(world, String(jsonOf(answer)?.id), verdict) : null,
  };
}

/** Sends several. */
export function publishCloudEvents(world: World, body: Buffer, judge: Step['judge']): Step {
  return {
    ...step(world, { body, contentType: 'application/cloudevents-batch+json' }),
    judge: (answer) => judge(answer).map((fault) => `${fault}\n  sent: ${excerpt(body)}`),
  };
}

function step({ keys }: World, parts: Message & { readonly contentType?: string }) {
  const bytes = requestBytes({ method: 'POST', target: '/v1/events', apiKey: keys.publisher, ...parts });
  return { method: 'POST', operation: 'publishCloudEvent', bytes };
}

function judgeReceipt(world: World, verdict: Verdict, answer: Answer): readonly string[] {
  if (answer.status === 202) world.accepted.add(String(jsonOf(answer)?.id));
  if (verdict.kind === 'either') {
    world.undecided++;
    return statusIs(202, 400)(answer);
  }
  return statusIs(verdict.kind === 'refuse' ? verdict.status : 202)(answer);
}
