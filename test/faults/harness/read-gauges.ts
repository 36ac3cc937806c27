import type { World } from './world.js';

/** Events in the store by status, from the metrics of whichever gateway answers; null when none does. */
export async function readGauges({ replicas, operatorKey }: World): Promise<Readonly<Record<string, number>> | null> {
  for (const { url } of replicas) {
    try {
      const answer = await fetch(`${url}/metrics`, {
        headers: { Authorization: `Bearer ${operatorKey}` },
        signal: AbortSignal.timeout(5_000),
      });
      if (answer.ok) return gaugesIn(await answer.text());
    } catch {
      // Another one may answer.
    }
  }
  return null;
}

/** How many events have not ended. */
export function waitingOf(gauges: Readonly<Record<string, number>>): number {
  return (gauges.pending ?? 0) + (gauges.delivering ?? 0);
}

function gaugesIn(metrics: string): Readonly<Record<string, number>> {
  const gauges: Record<string, number> = {};
  for (const [, labels = '', count] of metrics.matchAll(/^gateway_outbox_events\{([^}]*)\} (\d+)/gm)) {
    const status = /status="([^"]+)"/.exec(labels)?.[1] ?? 'unknown';
    gauges[status] = (gauges[status] ?? 0) + Number(count);
  }
  for (const [, count] of metrics.matchAll(/^gateway_outbox_removed(?:_total)?\{[^}]*\} (\d+)/gm)) {
    gauges.removed = (gauges.removed ?? 0) + Number(count);
  }
  return gauges;
}
