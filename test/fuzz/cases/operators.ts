import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import type { Answer } from '../harness/answer-reader.js';
import { drawValue } from '../harness/draw-value.js';
import { excerpt, type FuzzCase, type Step, statusIs } from '../harness/fuzz-case.js';
import type { Operation } from '../harness/operation.js';
import { requestBytes } from '../harness/requests.js';
import { type Verdict, verdictOn } from '../harness/verdict.js';
import { jsonOf, type World } from '../harness/world.js';
import { drawEvent } from './draw-event.js';
import { mutateBytes } from './mutate-bytes.js';
import { publish } from './publish.js';

const NO_EVENT = '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70';
const MOST_BYTES = 65_536;

/** What operators do, by bodies of the document's schemas, whole and mutated; and by people who are no operators. */
export function operatorsCase(world: World, random: SeededRandom): FuzzCase {
  const operation = random.pick(world.contract.operations.filter(isDeed));
  const step =
    operation.path.includes('{id}') && random.chance(0.6)
      ? afterPublishing(world, operation, random)
      : deed(world, operation, NO_EVENT, random);
  return { kind: 'exchange', name: 'operators', step };
}

function isDeed({ method, path, bodies }: Operation): boolean {
  const isPublishing = path.startsWith('/v1/events') && !path.includes('{id}');
  const isTold = path.startsWith('/v1/') && (method === 'POST' || method === 'PUT');
  return isTold && bodies.has('application/json') && !isPublishing;
}

/** Does it to an event that was accepted just before. */
function afterPublishing(world: World, operation: Operation, random: SeededRandom): Step {
  const type = random.pick(world.eventTypes);
  const body = Buffer.from(JSON.stringify(drawEvent(world, type, random)));
  const step = publish(world, type, body, random);
  return { ...step, next: (answer) => deed(world, operation, String(jsonOf(answer)?.id ?? NO_EVENT), random) };
}

function deed(world: World, operation: Operation, id: string, random: SeededRandom): Step {
  const pointer = operation.bodies.get('application/json') ?? '';
  const value = drawValue(world.contract.schemaAt(pointer), random, world.contract.resolve);
  const whole = Buffer.from(JSON.stringify(value));
  const body = random.chance(0.5) ? mutateBytes(whole, random) : whole;
  const isOperator = random.chance(0.8);
  const verdict = verdictOn(world.contract, pointer, body, MOST_BYTES);
  const name = random.pick(['type:CustomerPurchase', `user:${world.applicationUser}`, 'type:Nobody', 'x', '%00', '🤷']);
  const isKnown = operation.path.includes('{id}')
    ? id !== NO_EVENT
    : !operation.path.includes('{name}') || isGate(world, name);
  const target = operation.path.replace('{id}', id).replace('{name}', encodeURIComponent(name));
  const apiKey = isOperator ? world.keys.operator : world.keys.publisher;
  return {
    method: operation.method,
    operation: operation.id,
    bytes: requestBytes({ method: operation.method, target, apiKey, body }),
    judge: (answer) =>
      (isOperator ? judgeDeed(answer, verdict, statusesOf(operation, isKnown)) : statusIs(403)(answer)).map(
        (fault) => `${operation.id} ${excerpt(body)}: ${fault}`,
      ),
  };
}

function isGate({ applicationUser }: World, name: string): boolean {
  return name === 'type:CustomerPurchase' || name === `user:${applicationUser}`;
}

/** What a sound body gets: events wait, as Dataverse is away, so none is replayed; one may just be tried. */
function statusesOf({ id }: Operation, isKnown: boolean): readonly number[] {
  if (!isKnown) return [404];
  if (id === 'replayEvent') return [409];
  return id === 'cancelEvent' ? [200, 409] : [200];
}

/** What no schema says: a filter that names nothing, overdue events without force, a made-up `after`. */
const UNSAID = new Set(['/filter', '/filter/status', '/filter/overdue', '/after']);

function judgeDeed(answer: Answer, verdict: Verdict, statuses: readonly number[]): readonly string[] {
  if (verdict.kind === 'refuse') return statusIs(400)(answer);
  const errors = (jsonOf(answer)?.errors ?? []) as readonly { readonly pointer: string }[];
  const { reason } = verdict.value as { readonly reason?: unknown };
  const isUnsaid = ({ pointer }: { readonly pointer: string }) =>
    UNSAID.has(pointer) || (pointer === '/reason' && !isReason(reason));
  return answer.status === 400 && errors.length > 0 && errors.every(isUnsaid) ? [] : statusIs(...statuses)(answer);
}

/** Neither missing, which pauses do not allow, nor with anything that nobody can see. */
function isReason(reason: unknown): boolean {
  return typeof reason === 'string' && /^[^\p{C}\p{Zl}\p{Zp}]*$/u.test(reason) && reason.trim() !== '';
}
