import { once } from 'node:events';
import { request } from 'node:http';

/** Lines made ready at once: making them must not cost what taking them in does. */
const LINES = 500;

/** Sends events as NDJSON over one connection for so many seconds. Resolves with events answered per second. */
export async function streamEvents({ url, path, apiKey, event, key, seconds }) {
  const headers = { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/x-ndjson' };
  const outgoing = request(`${url}${path}`, { method: 'POST', headers, agent: false });
  const answered = once(outgoing, 'response').then(([response]) => countLines(response));
  const [start, end] = `${JSON.stringify({ ...event, [key]: '\u0001' })}\n`.split('\\u0001');
  const run = `${Date.now()}-${Math.random()}`;
  const began = performance.now();
  for (let count = 0; performance.now() - began < seconds * 1_000; ) {
    let text = '';
    for (const until = count + LINES; count < until; count++) text += `${start}${run}-${count}${end}`;
    if (!outgoing.write(text)) await once(outgoing, 'drain');
  }
  outgoing.end();
  const lines = await answered;
  return { rate: lines / ((performance.now() - began) / 1_000) };
}

async function countLines(response) {
  let lines = 0;
  for await (const chunk of response) {
    for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, at + 1)) lines++;
  }
  return lines;
}
