import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import { drawValue } from '../harness/draw-value.js';
import type { EventTypeUnderFuzz, World } from '../harness/world.js';

/** A key that no other case has, nor becomes the key of another by a changed character. */
export function drawKey(random: SeededRandom): string {
  const part = () => random.between(0, 0xffffff).toString(36);
  return `k-${part()}-${part()}-${part()}`;
}

/** An event that the contract allows, under a key of its own. */
export function drawEvent(world: World, type: EventTypeUnderFuzz, random: SeededRandom): Record<string, unknown> {
  const event = drawValue(type.schema, random, world.contract.resolve) as Record<string, unknown>;
  return { ...event, [type.key]: drawKey(random) };
}
