import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import { verdictOnCloudEvent } from '../harness/cloud-event-verdict.js';
import { verdictOnEnvelope } from '../harness/envelope-verdict.js';
import type { FuzzCase, Step } from '../harness/fuzz-case.js';
import { readStrictly } from '../harness/strict-reader.js';
import { REFUSED, type Verdict } from '../harness/verdict.js';
import type { World } from '../harness/world.js';
import { type CloudEventDraft, drawCloudEvent, structured } from './draw-cloud-event.js';
import { judgeBatch, judgeEnvelope, type SentItem } from './item-results.js';
import { mutateBytes } from './mutate-bytes.js';
import { publishCloudEvent, publishCloudEvents } from './publish-cloud-event.js';

/** CloudEvents in every mode, with good and spoilt attributes around good and spoilt contents. */
export function cloudEventsCase(world: World, random: SeededRandom): FuzzCase {
  const mode = random.pick(['structured', 'binary', 'batched'] as const);
  const step = mode === 'batched' ? batched(world, random) : single(world, mode, random);
  return { kind: 'exchange', name: `cloudevents ${mode}`, step };
}

/** The same, whole before bytes of the body are changed: only the oracle knows what it says now. */
export function mutatedCloudEventsCase(world: World, random: SeededRandom): FuzzCase {
  const step = random.chance(0.7) ? mutated(world, random) : mutatedBatch(world, random);
  return { kind: 'exchange', name: 'byte-mutated cloudevents', step };
}

function single(world: World, mode: 'structured' | 'binary', random: SeededRandom): Step {
  const draft = drawCloudEvent(world, random);
  const message =
    mode === 'binary'
      ? { body: Buffer.from(draft.data), headers: headersOf(draft) }
      : { body: Buffer.from(structured(draft, random)) };
  return publishCloudEvent(world, draft.verdict, message, random);
}

function headersOf({ attributes }: CloudEventDraft): readonly string[] {
  return [...attributes].map(([name, value]) => `ce-${name}: ${inHeader(value)}`);
}

/** As the HTTP binding has it: what is not visible ASCII, and quotes and percent signs, in percent-encoded UTF-8. */
function inHeader(value: string): string {
  return value.replace(/[^\x21-\x7e]|["%]/gu, encodeURIComponent);
}

function mutated(world: World, random: SeededRandom): Step {
  const body = mutateBytes(Buffer.from(structured(drawCloudEvent(world, random, true), random)), random);
  return publishCloudEvent(world, verdictOnMessage(world, body), { body }, random);
}

function verdictOnMessage(world: World, body: Buffer): Verdict {
  const reading = readStrictly(body);
  const isRead = reading.kind === 'read' && reading.forbidden.length === 0;
  return isRead ? verdictOnCloudEvent(world, reading.value) : REFUSED;
}

function batched(world: World, random: SeededRandom): Step {
  const drafts = Array.from({ length: random.between(1, 8) }, () => drawCloudEvent(world, random));
  const sent: readonly SentItem[] = drafts.map((draft) => ({
    text: structured(draft, random),
    verdict: draft.verdict,
  }));
  const body = Buffer.from(`[${sent.map(({ text }) => text).join(',')}]`);
  return publishCloudEvents(world, body, (answer) => judgeBatch(world, sent, answer));
}

function mutatedBatch(world: World, random: SeededRandom): Step {
  const texts = Array.from({ length: random.between(0, 3) }, () =>
    structured(drawCloudEvent(world, random, true), random),
  );
  const body = mutateBytes(Buffer.from(`[${texts.join(',')}]`), random);
  const judge = (item: unknown) => verdictOnCloudEvent(world, item);
  const verdict = verdictOnEnvelope(body, { at: null, leastItems: 0, judge });
  return publishCloudEvents(world, body, (answer) => judgeEnvelope(world, verdict, answer));
}
