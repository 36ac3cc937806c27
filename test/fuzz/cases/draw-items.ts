import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import { spellJson } from '../harness/draw-text.js';
import { verdictOn } from '../harness/verdict.js';
import type { EventTypeUnderFuzz, World } from '../harness/world.js';
import { drawEvent } from './draw-event.js';
import type { SentItem } from './item-results.js';
import { spoilContent } from './nearly-valid.js';
import { MOST_EVENT_BYTES } from './publish.js';

/** Events of one type, a quarter of them spoilt, each on a line of its own. */
export function drawItems(world: World, type: EventTypeUnderFuzz, random: SeededRandom): readonly SentItem[] {
  const count = random.chance(0.02) ? random.between(100, 1_000) : random.between(1, 12);
  return Array.from({ length: count }, () => {
    const event = drawEvent(world, type, random);
    const text = random.chance(0.25)
      ? spoilContent(event, type.schema, random).text
      : spellJson(event, random).replaceAll(/[\r\n]/g, ' ');
    return sentItem(world, type, text);
  });
}

/** An item, and what the contract says of it. */
export function sentItem({ contract }: World, { pointer }: EventTypeUnderFuzz, text: string): SentItem {
  return { text, verdict: verdictOn(contract, pointer, Buffer.from(text), MOST_EVENT_BYTES) };
}
