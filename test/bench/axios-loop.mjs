// What delivery is compared with: forty workers that post through axios, with axios-retry honouring Retry-After.
import { Agent } from 'node:https';
import axios from 'axios';
import axiosRetry from 'axios-retry';

const WORKERS = 40;
const { DATAVERSE_URL, AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, BENCH_CALLS, BENCH_BODY } = process.env;

const client = axios.create({ httpsAgent: new Agent({ keepAlive: true, maxSockets: WORKERS }) });
axiosRetry(client, {
  retries: 1_000,
  retryCondition: ({ response }) => response?.status === 429,
  // Retry-After where there is one, as its documentation has it.
  retryDelay: axiosRetry.exponentialDelay,
});

const token = await client.post(
  `${DATAVERSE_URL}/${AZURE_TENANT_ID}/oauth2/v2.0/token`,
  new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: AZURE_CLIENT_ID,
    client_secret: AZURE_CLIENT_SECRET,
    scope: `${DATAVERSE_URL}/.default`,
  }),
);
const headers = { Authorization: `Bearer ${token.data.access_token}`, 'Content-Type': 'application/json' };
process.stdout.write('ready\n');

let left = Number(BENCH_CALLS);
await Promise.all(
  Array.from({ length: WORKERS }, async () => {
    while (left > 0) {
      left -= 1;
      const body = BENCH_BODY.replace('EVENT_ID', crypto.randomUUID());
      await client.post(`${DATAVERSE_URL}/api/data/v9.2/contoso_CustomerPurchase`, body, { headers });
    }
  }),
);
process.stdout.write('done\n');
