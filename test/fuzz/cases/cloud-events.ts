import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import type { Answer } from '../harness/answer-reader.js';
import { spellJson } from '../harness/draw-text.js';
import { excerpt, type FuzzCase, type Step, statusIs } from '../harness/fuzz-case.js';
import { requestBytes } from '../harness/requests.js';
import { type Verdict, verdictOn } from '../harness/verdict.js';
import { jsonOf, type World } from '../harness/world.js';
import { drawEvent, drawKey } from './draw-event.js';
import { judgeItems, type SentItem } from './item-results.js';
import { spoilContent } from './nearly-valid.js';
import { MOST_EVENT_BYTES, readBack } from './publish.js';

/** A CloudEvent before it is written in one of the modes. */
interface Draft {
  readonly attributes: ReadonlyMap<string, string>;
  /** The content, as text. */
  readonly data: string;
  readonly verdict: Verdict;
}

/** CloudEvents in every mode, with good and spoilt attributes around good and spoilt contents. */
export function cloudEventsCase(world: World, random: SeededRandom): FuzzCase {
  const mode = random.pick(['structured', 'binary', 'batched'] as const);
  const step = mode === 'batched' ? batched(world, random) : single(world, mode, draft(world, random), random);
  return { kind: 'exchange', name: `cloudevents ${mode}`, step };
}

function draft(world: World, random: SeededRandom): Draft {
  const type = random.pick(world.eventTypes);
  const event = drawEvent(world, type, random);
  const isSpoilt = random.chance(0.25);
  const data = isSpoilt ? spoilContent(event, type.schema, random).text : spellJson(event, random);
  const attributes = new Map([
    ['specversion', '1.0'],
    ['id', `${drawKey(random)}${random.chance(0.2) ? '😀'.repeat(random.between(1, 200)) : ''}`],
    ['source', random.pick(['/stores/17', 'urn:till:3', 'https://pos.example/store/17', 'a'])],
    ['type', `${random.pick(['', 'com.contoso.', 'org.example.pos-1.'])}${type.type}${random.pick(['', '.v1'])}`],
    ...(random.chance(0.3) ? [['subject', 'a subject'] as const] : []),
    ...(random.chance(0.3) ? [['myextension', 'x'] as const] : []),
    ...(random.chance(0.3) && !isSpoilt ? [['time', String(event.occurredAt)] as const] : []),
  ]);
  const verdict = verdictOn(world.contract, type.pointer, Buffer.from(data), MOST_EVENT_BYTES);
  const whole = { attributes, data, verdict };
  return !isSpoilt && random.chance(0.2) ? random.pick(SPOILS)(whole) : whole;
}

const REFUSED: Verdict = { kind: 'refuse', status: 400 };

function spoilt(change: (attributes: Map<string, string>) => void): (draft: Draft) => Draft {
  return ({ attributes, data }) => {
    const changed = new Map(attributes);
    change(changed);
    return { attributes: changed, data, verdict: REFUSED };
  };
}

const SPOILS = [
  ...['specversion', 'id', 'source', 'type'].map((name) => spoilt((attributes) => attributes.delete(name))),
  ...['specversion', 'id', 'source', 'type'].map((name) => spoilt((attributes) => attributes.set(name, ''))),
  ...['0.3', '2.0', '1', '1.0.0'].map((version) => spoilt((attributes) => attributes.set('specversion', version))),
  ...['Nothing', 'CustomerPurchase.v9', 'customerpurchase', 'v1', '.', 'com.contoso.'].map((type) =>
    spoilt((attributes) => attributes.set('type', type)),
  ),
  ...['yesterday', '2026-02-30T00:00:00Z', '2001-01-01T00:00:00.123456789Z'].map((time) =>
    spoilt((attributes) => attributes.set('time', time)),
  ),
  ...['k'.repeat(2_000), '😀'.repeat(256), 'k\u0001', 'k\uffff'].map((id) =>
    spoilt((attributes) => attributes.set('id', id)),
  ),
  spoilt((attributes) => attributes.set('source', 'a b')),
];

function single(
  world: World,
  mode: 'structured' | 'binary',
  { attributes, data, verdict }: Draft,
  random: SeededRandom,
): Step {
  const parts = { method: 'POST', target: '/v1/events', apiKey: world.keys.publisher };
  const bytes =
    mode === 'binary'
      ? requestBytes({
          ...parts,
          body: Buffer.from(data),
          headers: [...attributes].map(([name, value]) => `ce-${name}: ${inHeader(value)}`),
        })
      : requestBytes({
          ...parts,
          body: Buffer.from(structured({ attributes, data, verdict }, random)),
          contentType: 'application/cloudevents+json',
        });
  return {
    method: 'POST',
    operation: 'publishCloudEvent',
    bytes,
    judge: (answer) => judgeReceipt(world, verdict, answer, bytes),
    next: (answer) =>
      answer.status === 202 && random.chance(0.3) ? readBack(world, String(jsonOf(answer)?.id), verdict) : null,
  };
}

/** As the HTTP binding has it: what is not visible ASCII, and quotes and percent signs, in percent-encoded UTF-8. */
function inHeader(value: string): string {
  return value.replace(/[^\x21-\x7e]|["%]/gu, encodeURIComponent);
}

function judgeReceipt(world: World, verdict: Verdict, answer: Answer, bytes: Buffer): readonly string[] {
  if (answer.status === 202) world.accepted.add(String(jsonOf(answer)?.id));
  if (verdict.kind === 'either') return statusIs(202, 400)(answer);
  const right = verdict.kind === 'refuse' ? verdict.status : 202;
  return statusIs(right)(answer).map(
    (fault) => `${fault}\n  sent: ${excerpt(bytes.subarray(bytes.indexOf('ontent-')))}`,
  );
}

function structured({ attributes, data }: Draft, random: SeededRandom): string {
  const members = [...attributes].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const isEncoded = random.chance(0.1) && data.isWellFormed();
  const content = isEncoded
    ? `"datacontenttype":"application/json","data_base64":"${Buffer.from(data).toString('base64')}"`
    : `"data":${data}`;
  return `{${[...members, content].join(',')}}`;
}

function batched(world: World, random: SeededRandom): Step {
  const drafts = Array.from({ length: random.between(1, 8) }, () => draft(world, random));
  const sent: readonly SentItem[] = drafts.map((whole) => ({
    text: structured(whole, random),
    verdict: whole.verdict,
  }));
  const body = Buffer.from(`[${sent.map(({ text }) => text).join(',')}]`);
  return {
    method: 'POST',
    operation: 'publishCloudEvent',
    bytes: requestBytes({
      method: 'POST',
      target: '/v1/events',
      apiKey: world.keys.publisher,
      body,
      contentType: 'application/cloudevents-batch+json',
    }),
    judge: (answer) => {
      const results = (jsonOf(answer)?.results ?? []) as readonly unknown[];
      const faults = statusIs(202, 207)(answer);
      return faults.length > 0 ? faults : judgeItems(world, sent, results);
    },
  };
}
