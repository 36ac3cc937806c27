import { setTimeout as wait } from 'node:timers/promises';
import type { AcceptedEvent } from './clients.js';
import { type BulkForm, type BulkResult, postSeveral } from './post-several.js';
import { purchase, type SampleEvent } from './sample-events.js';
import type { SeededRandom } from './seeded-random.js';

const AT_ONCE = 8;
const RETRY_AFTER_MS = 30;

/** Why an event may be sent again: the gateway, not the event, was at fault. */
const PASSING =
  /\/(storage-unavailable|storage-unknown|storage-full|backlog-full|overloaded|shutting-down|request-timeout)$/;

export interface OfflineTillOptions {
  readonly name: string;
  readonly apiKey: string;
  readonly urls: () => readonly string[];
  readonly random: SeededRandom;
  /** How long it is offline, at most. */
  readonly pauseMs: number;
  readonly isRunning: () => boolean;
  readonly accepted: AcceptedEvent[];
  readonly unexpected: string[];
}

/** A till that collects purchases and sends them several at once, as a batch or line by line, until all are answered. */
export async function runOfflineTill(options: OfflineTillOptions): Promise<void> {
  const { name, random, pauseMs, isRunning } = options;
  for (let n = 0; isRunning(); n += AT_ONCE) {
    const collected = Array.from({ length: AT_ONCE }, (_, index) => purchase(`${name}-${n + index}`, random));
    await sendAll(collected, options);
    await wait(random.between(0, AT_ONCE * pauseMs));
  }
}

async function sendAll(collected: readonly SampleEvent[], options: OfflineTillOptions): Promise<void> {
  for (let waiting = collected; waiting.length > 0; ) {
    const results = await send(waiting, options);
    waiting = waiting.filter((event, place) => !isSettled(event, results.get(place), options));
    if (waiting.length > 0) await wait(RETRY_AFTER_MS);
  }
}

async function send(
  events: readonly SampleEvent[],
  { apiKey, urls, random }: OfflineTillOptions,
): Promise<ReadonlyMap<number, BulkResult>> {
  const form: BulkForm = random.chance(0.5) ? 'batch' : 'lines';
  try {
    return await postSeveral({ url: random.pick(urls()), apiKey, events, form });
  } catch {
    return new Map();
  }
}

function isSettled(event: SampleEvent, result: BulkResult | undefined, options: OfflineTillOptions): boolean {
  if (result === undefined) return false;
  if ('id' in result) {
    options.accepted.push({ id: result.id, event, at: Date.now() });
    return true;
  }
  if (PASSING.test(result.problem)) return false;
  options.unexpected.push(`${result.problem} for a valid event among several`);
  return true;
}
