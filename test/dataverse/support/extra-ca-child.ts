/**
 * Run as a process of its own, because NODE_EXTRA_CA_CERTS is read at its start: makes one GET of the address in its
 * argument, without certificates of its own, and prints what came of it.
 */
import { HttpClient } from '../../../src/dataverse/http/http-client.js';
import { SystemClock } from '../../../src/kernel/clock.js';

const client = new HttpClient({}, new SystemClock());
const [, , url = ''] = process.argv;
const answer = await client.exchange({
  method: 'GET',
  url,
  headers: {},
  body: null,
  signal: AbortSignal.timeout(50_000),
});
client.close();
process.stdout.write(answer.kind === 'response' ? String(answer.status) : answer.stage);
