import { setTimeout as wait } from 'node:timers/promises';
import { type Endpoint, publishEvent } from './publish-event.js';
import { type Summary, Tally } from './tally.js';

/** How many are under way at once; a till sends one at a time, an ERP's nightly run a few. */
const CONCURRENCY = 16;

export interface Sending {
  /** JSON texts, one per event. */
  readonly bodies: Iterable<string>;
  readonly endpoint: Endpoint;
  /** Events a second, or null for as fast as answers come. */
  readonly rate: number | null;
  /** Called after each event. */
  readonly onProgress: () => void;
}

/** Sends events, several at once. An interruption ends it early: what was not begun is not sent. */
export async function sendEvents({ bodies, endpoint, rate, onProgress }: Sending): Promise<Summary> {
  const tally = new Tally();
  const startedAt = performance.now();
  const queue = bodies[Symbol.iterator]();
  let taken = 0;

  const work = async (): Promise<void> => {
    for (let next = queue.next(); !next.done && !endpoint.signal.aborted; next = queue.next()) {
      await until(rate === null ? startedAt : startedAt + (taken++ * 1000) / rate, endpoint.signal);
      if (endpoint.signal.aborted) return;
      tally.add(await publishEvent(next.value, endpoint));
      onProgress();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return tally.summary(performance.now() - startedAt);
}

async function until(instant: number, signal: AbortSignal): Promise<void> {
  const ms = instant - performance.now();
  if (ms > 0) await wait(ms, undefined, { signal }).catch(() => undefined);
}
