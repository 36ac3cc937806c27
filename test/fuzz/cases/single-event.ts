import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import type { Answer } from '../harness/answer-reader.js';
import { spellJson } from '../harness/draw-text.js';
import { excerpt, type FuzzCase, type Step } from '../harness/fuzz-case.js';
import { jsonOf, type World } from '../harness/world.js';
import { drawEvent } from './draw-event.js';
import { mutateBytes } from './mutate-bytes.js';
import { spoil } from './nearly-valid.js';
import { MOST_EVENT_BYTES, publish } from './publish.js';

/** An event as the contract allows it, in one of its many spellings. */
export function validEvent(world: World, random: SeededRandom): FuzzCase {
  const type = random.pick(world.eventTypes);
  const text = spellJson(drawEvent(world, type, random), random);
  // At the limit now and then: white space counts.
  const padding = random.chance(0.01) ? MOST_EVENT_BYTES - Buffer.byteLength(text) + random.between(-1, 1) : 0;
  const body = Buffer.from(text + ' '.repeat(Math.max(0, padding)));
  return { kind: 'exchange', name: 'valid', step: publish(world, type, body, random) };
}

/** An event with one thing wrong, which the answer must point at. */
export function nearlyValidEvent(world: World, random: SeededRandom): FuzzCase {
  const type = random.pick(world.eventTypes);
  const { text, pointer } = spoil(drawEvent(world, type, random), type.schema, random);
  const step = publish(world, type, Buffer.from(text), random);
  return { kind: 'exchange', name: 'nearly valid', step: pointingAt(step, pointer, text) };
}

/** An event with bytes changed anywhere: only the oracle knows what it says now. */
export function mutatedEvent(world: World, random: SeededRandom): FuzzCase {
  const type = random.pick(world.eventTypes);
  const text = spellJson(drawEvent(world, type, random), random);
  const body = mutateBytes(Buffer.from(text), random);
  return { kind: 'exchange', name: 'byte-mutated', step: publish(world, type, body, random) };
}

function pointingAt(step: Step, pointer: string | null, text: string): Step {
  return { ...step, judge: (answer) => [...step.judge(answer), ...faultsOfPointer(answer, pointer, text)] };
}

function faultsOfPointer(answer: Answer, pointer: string | null, text: string): readonly string[] {
  // The oracle itself must see what was done to it: else the document says less than is enforced.
  if (answer.status === 202) return [`a spoilt event was accepted: ${text.slice(0, 400)}`];
  if (pointer === null || answer.status !== 400) return [];
  const errors = (jsonOf(answer)?.errors ?? []) as readonly { readonly pointer: string }[];
  const isNamed = errors.some((error) => error.pointer.startsWith(`${pointer}/`) || isPointer(error.pointer, pointer));
  return isNamed ? [] : [`errors do not point at ${pointer}: ${excerpt(answer.body)}`];
}

/** A long name is cut to 128 characters, of which the last says so. */
function isPointer(told: string, pointer: string): boolean {
  if (!told.endsWith('…')) return told === pointer;
  const kept = told.replace(/\ufffd?…$/, '');
  return kept.length > 125 && pointer.length > 129 && pointer.startsWith(kept);
}
