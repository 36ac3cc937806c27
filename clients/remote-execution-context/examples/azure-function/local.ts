import { isSame, webhookServer } from '../webhook-server.js';
import { LoyaltyPoints } from './loyalty-points.js';
import { receiveEvent } from './receive-event.js';

// What Azure does around the function: listen, check `?code=`, log. To try the function here, and for its tests.
const key = process.env.FUNCTION_KEY ?? '';
if (key === '') throw new Error('FUNCTION_KEY is missing: the key that Dataverse sends as ?code=');

const points = new LoyaltyPoints(process.env.POINTS_FILE ?? 'points.db');
const server = webhookServer({
  admits: (url) => isSame(key, url.searchParams.get('code')),
  receive: (request) => receiveEvent(request, { points, warn: (line) => process.stderr.write(`${line}\n`) }),
});
server.listen(Number(process.env.PORT ?? 7071), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  process.stdout.write(`listening on http://127.0.0.1:${port}\n`);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close(() => points.close()));
