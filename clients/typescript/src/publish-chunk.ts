import type { ItemResult } from './item-result.js';
import { ProblemError } from './problem.error.js';
import { isPassing, pauseAfter } from './repeat.js';
import { parseRetryAfter } from './retry-after.js';
import type { CallOptions, Transport } from './transport.js';

interface Chunk {
  /** Where one event of this type is posted to. */
  readonly path: string;
  /** Each as JSON. */
  readonly events: readonly string[];
}

/**
 * Publishes the events of one request, and those again that were refused for want of room or pace alone, until the
 * deadline. Resolves with a result per event, in their order.
 */
export async function publishChunk(
  transport: Transport,
  { path, events }: Chunk,
  options: CallOptions,
): Promise<readonly ItemResult[]> {
  const { timing, patience } = transport;
  const deadline = timing.now() + (options.deadlineMs ?? patience.deadlineMs);
  const results: ItemResult[] = [];
  let open = [...events.keys()];
  for (let round = 1; ; round += 1) {
    const body = `{"events":[${open.map((index) => events[index]).join()}]}`;
    const deadlineMs = Math.max(0, deadline - timing.now());
    const answer = await transport.call({ ...options, deadlineMs, method: 'POST', path: `${path}/batch`, body });
    for (const [place, result] of resultsIn(answer.body).entries()) results[open[place] ?? -1] = result;
    open = open.filter((index) => isPassing(results[index]?.problem?.status ?? 0));
    const refused = results[open[0] ?? -1]?.problem;
    if (refused === undefined) return results;
    const retryAfterMs = parseRetryAfter(answer.headers.get('retry-after'), answer.headers.get('date'));
    const pauseMs = pauseAfter(new ProblemError(refused, retryAfterMs), round, patience, timing.random());
    if (pauseMs === null || timing.now() + pauseMs >= deadline) return results;
    await timing.wait(pauseMs, options.signal);
  }
}

function resultsIn(body: unknown): readonly ItemResult[] {
  return (body as { readonly results: readonly ItemResult[] }).results;
}
