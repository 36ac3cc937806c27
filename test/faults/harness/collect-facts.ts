import type { EndOfEvent, Facts, TakenCall } from './facts.js';
import { readGauges } from './read-gauges.js';
import type { World } from './world.js';

const AT_ONCE = 16;
const TAIL_CHARACTERS = 400;

/** Looks at everything once the run has come to rest; gateways must be up, clients done. */
export async function collectFacts(world: World): Promise<Facts> {
  const { clients, environment, log, replicas, stalls } = world;
  const taken: readonly TakenCall[] = environment.emulator.received();
  const times = new Map<string, number>();
  for (const { tag } of taken) times.set(tag ?? '', (times.get(tag ?? '') ?? 0) + 1);
  const notOnce = clients.accepted.map(({ id }) => id).filter((id) => times.get(id) !== 1);
  return {
    accepted: clients.accepted,
    refused: clients.refused,
    doubled: clients.doubled,
    taken,
    ends: await endsOf(world, notOnce),
    gauges: (await readGauges(world)) ?? {},
    early: environment.emulator
      .earlyCalls()
      .newest.map(({ at, msAfterClosing }) => msAfterClosing - stalls.within(at - msAfterClosing, at)),
    unexpected: clients.unexpected,
    leaks: log.leaks,
    strangeExits: replicas.flatMap(({ ended }) =>
      ended
        .filter(({ code, signal }) => code !== 0 && signal !== 'SIGKILL')
        .map(({ code, signal, tail }) => `${code ?? signal}: ${tail.at(-1)?.slice(0, TAIL_CHARACTERS)}`),
    ),
  };
}

async function endsOf(world: World, ids: readonly string[]): Promise<ReadonlyMap<string, EndOfEvent>> {
  const ends = new Map<string, EndOfEvent>();
  for (let first = 0; first < ids.length; first += AT_ONCE) {
    const some = ids.slice(first, first + AT_ONCE);
    for (const [index, end] of (await Promise.all(some.map((id) => endOf(world, id)))).entries()) {
      if (end !== null) ends.set(some[index] ?? '', end);
    }
  }
  return ends;
}

/** Null where the gateway does not know it. */
async function endOf({ replicas, operatorKey }: World, id: string): Promise<EndOfEvent | null> {
  const read = async (path: string) => {
    const headers = { Authorization: `Bearer ${operatorKey}` };
    const answer = await fetch(`${replicas[0]?.url}/v1/events/${id}${path}`, { headers });
    return answer.ok ? ((await answer.json()) as Readonly<Record<string, unknown>>) : null;
  };
  const event = await read('');
  const timeline = await read('/attempts');
  if (event === null || timeline === null) return null;
  const attempts = timeline.attempts as readonly { readonly outcome: string }[];
  const reason = typeof event.reason === 'string' ? event.reason : null;
  return { status: String(event.status), reason, outcomes: attempts.map(({ outcome }) => outcome) };
}
