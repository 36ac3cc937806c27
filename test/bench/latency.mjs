import { setTimeout as wait } from 'node:timers/promises';
import { createKey, purchaseDefinition } from './contract.mjs';
import { inFolder, percentile, startGateway } from './processes.mjs';
import { withSink } from './sink.mjs';

const PER_SECOND = 200;
const SECONDS = 10;
const WARM_UP = 200;

/** From the moment a till begins to send until the call reaches the target, at a steady rate. */
export function latency() {
  return inFolder((folder) =>
    withSink(folder, async (settings, sink) => {
      const apiKey = await createKey(settings.DATABASE_URL);
      const gateway = await startGateway({ ...settings, LOG_LEVEL: 'info' });
      const total = WARM_UP + PER_SECOND * SECONDS;
      const complete = sink.arrived(total);
      const sent = await sendSteadily(gateway.value, apiKey, total);
      await complete;
      const arrivedAt = new Map((await sink.arrivals()).map(([at, id]) => [id, at]));
      await gateway.end('SIGTERM');
      const spans = sent.slice(WARM_UP).map(({ id, at }) => arrivedAt.get(id) - at);
      const figure = `p50 ${percentile(spans, 0.5)} ms, p99 ${percentile(spans, 0.99)} ms`;
      return [{ what: `sent to arrived, ${PER_SECOND}/s`, figure, toReach: 'p50 < 15 ms, p99 < 60 ms' }];
    }),
  );
}

async function sendSteadily(url, apiKey, total) {
  const definition = await purchaseDefinition();
  const began = performance.now();
  const sending = [];
  for (let n = 0; n < total; n++) {
    const due = began + (n * 1000) / PER_SECOND;
    if (performance.now() < due) await wait(due - performance.now());
    const event = { ...definition.example, [definition.key]: `latency-${n}` };
    sending.push(send(`${url}/v1/events/${definition.slug}`, apiKey, event));
  }
  return Promise.all(sending);
}

async function send(url, apiKey, event) {
  const at = Date.now();
  const headers = { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(event) });
  if (answer.status !== 202) throw new Error(`answered with ${answer.status}`);
  return { id: (await answer.json()).id, at };
}
