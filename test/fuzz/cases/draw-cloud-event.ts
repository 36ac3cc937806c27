import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import { spellJson } from '../harness/draw-text.js';
import { REFUSED, type Verdict, verdictOn } from '../harness/verdict.js';
import type { World } from '../harness/world.js';
import { drawEvent, drawKey } from './draw-event.js';
import { spoilContent } from './nearly-valid.js';
import { MOST_EVENT_BYTES } from './publish.js';

/** A CloudEvent before it is written in one of the modes. */
export interface CloudEventDraft {
  readonly attributes: ReadonlyMap<string, string>;
  /** The content, as text. */
  readonly data: string;
  readonly verdict: Verdict;
}

/** Good and spoilt attributes around good and spoilt contents; whole where it is to be spoilt otherwise. */
export function drawCloudEvent(world: World, random: SeededRandom, isWhole = false): CloudEventDraft {
  const type = random.pick(world.eventTypes);
  const event = drawEvent(world, type, random);
  const isSpoilt = !isWhole && random.chance(0.25);
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
  return !isWhole && !isSpoilt && random.chance(0.2) ? random.pick(SPOILS)(whole) : whole;
}

function spoilt(change: (attributes: Map<string, string>) => void): (draft: CloudEventDraft) => CloudEventDraft {
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

/** The event in structured form. */
export function structured({ attributes, data }: CloudEventDraft, random: SeededRandom): string {
  const members = [...attributes].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const isEncoded = random.chance(0.1) && data.isWellFormed();
  const content = isEncoded
    ? `"datacontenttype":"application/json","data_base64":"${Buffer.from(data).toString('base64')}"`
    : `"data":${data}`;
  return `{${[...members, content].join(',')}}`;
}
