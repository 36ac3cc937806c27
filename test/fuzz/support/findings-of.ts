import { SeededRandom } from '../../faults/harness/seeded-random.js';
import { runCampaign } from '../harness/campaign.js';
import type { FuzzCase } from '../harness/fuzz-case.js';
import type { GatewayUnderFuzz } from '../harness/gateway-under-fuzz.js';
import type { World } from '../harness/world.js';
import { type Lie, startLyingProxy } from './lying-proxy.js';

export type Draw = (world: World, random: SeededRandom) => FuzzCase;

/** Every lie meets other events: one that was sent before would be a repeat. */
let lies = 0;

/** What the fuzzer finds, in words, where a gateway's answers to one class of cases are told with a lie. */
export async function findingsOf({ port, world }: GatewayUnderFuzz, draw: Draw, lie: Lie): Promise<string> {
  const proxy = await startLyingProxy(port, lie);
  lies++;
  try {
    const { findings } = await runCampaign({
      port: proxy.port,
      world,
      draw: (index) => draw(world, new SeededRandom(index + 1_000_003 * lies)),
      requests: 1_000,
      connections: 4,
    });
    return findings.map(({ name, detail }) => `${name}: ${detail}`).join('\n');
  } finally {
    await proxy.stop();
  }
}
