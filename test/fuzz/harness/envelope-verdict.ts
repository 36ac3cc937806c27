import { type Place, readStrictly } from './strict-reader.js';
import { REFUSED, type Verdict } from './verdict.js';

/** What a body of several items must be answered with. */
export type EnvelopeVerdict =
  /** Each item has a result of its own. */
  | { readonly kind: 'items'; readonly items: readonly { readonly text: string; readonly verdict: Verdict }[] }
  /** 400, and nothing of it is stored. */
  | { readonly kind: 'refuse' }
  /** No JSON in some place: a 400, or where it is within an item, the refusal of that item. */
  | { readonly kind: 'broken' };

interface Envelope {
  /** The member that lists the items; null where the body is the list. */
  readonly at: string | null;
  readonly leastItems: 0 | 1;
  readonly judge: (item: unknown) => Verdict;
}

const MOST_ITEMS = 1_000;

/** Judges the bytes of such a body, whatever was done to them. */
export function verdictOnEnvelope(bytes: Buffer, { at, leastItems, judge }: Envelope): EnvelopeVerdict {
  const reading = readStrictly(bytes);
  if (reading.kind === 'malformed') return { kind: 'broken' };
  const items = itemsOf(reading.value, at);
  if (items === null || items.length < leastItems || items.length > MOST_ITEMS) return { kind: 'refuse' };
  const spoilt = reading.forbidden.map((place) => itemAt(place, at));
  if (spoilt.includes(null)) return { kind: 'refuse' };
  return {
    kind: 'items',
    items: items.map((item, index) => ({
      text: JSON.stringify(item),
      verdict: spoilt.includes(index) ? REFUSED : judge(item),
    })),
  };
}

function itemsOf(value: unknown, at: string | null): readonly unknown[] | null {
  if (at === null) return Array.isArray(value) ? value : null;
  if (typeof value !== 'object' || value === null || Object.keys(value).join() !== at) return null;
  const list = (value as Readonly<Record<string, unknown>>)[at];
  return Array.isArray(list) ? list : null;
}

/** Which item a place is in; null where it is in none. */
function itemAt(place: Place, at: string | null): number | null {
  const [first, second] = place;
  const index = at === null ? first : second;
  return typeof index === 'number' && (at === null || first === at) ? index : null;
}
