// `node test/bench/credentials.mjs` after a build: what it costs to tell who calls, in processor time per request. Beside
// it the time that passed, which on a busy machine says more about the machine.
import { generateKeyPairSync } from 'node:crypto';
import { exportJWK, SignJWT } from 'jose';
import { generateApiKey } from '../../dist/access/api-key.js';
import { Authenticator } from '../../dist/access/authenticator.js';
import { ClientRates } from '../../dist/access/client-rates.js';
import { Credentials } from '../../dist/access/credentials.js';
import { FailingNetworks } from '../../dist/access/failing-networks.js';
import { IssuerKeys } from '../../dist/access/oidc/issuer-keys.js';
import { TokenAuthenticator } from '../../dist/access/oidc/token-authenticator.js';

const EXPECTED = { issuer: 'https://id.example.com', audience: 'api://gateway' };
const clock = { now: () => Date.now() };
const journal = { refused: () => {}, issuerAnswered: () => {}, issuerFailed: () => {} };
const failing = new FailingNetworks(clock);
const network = () => '192.0.2.1';
const rows = [];

const key = generateApiKey();
const client = { name: 'till', publish: ['*'], operator: false, rate: null, createdAt: 0 };
const record = { prefix: key.prefix, client: 'till', hash: key.hash, createdAt: 0, expiresAt: null };
const store = { findKeys: async (prefixes) => (prefixes.includes(key.prefix) ? [{ client, key: record }] : []) };
const keys = new Authenticator(store, clock, { oidc: null, clientRate: null });

const byKey = new Credentials({ keys, tokens: null, failing });
await byKey.identify(key.text, network);
await measure('API key in use', 200_000, () => byKey.identify(key.text, network));
await measure('malformed API key', 200_000, () => byKey.identify('beg_nonsense', network));
const guesses = Array.from({ length: 5_000 }, () => generateApiKey().text);
await measure('guessed API key, beside the statement', 5_000, (nth) => byKey.identify(guesses[nth], network));

for (const [alg, pair] of [
  ['RS256', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ['ES256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
]) {
  const { privateKey, publicKey } = pair();
  const issuer = await issuerWith({ ...(await exportJWK(publicKey)), kid: 'k', alg, use: 'sig' });
  const tokens = new TokenAuthenticator({ expected: EXPECTED, keys: issuer, clock, rate: null });
  const byToken = new Credentials({ keys, tokens, failing });
  const known = await sign(alg, privateKey, 'known');
  await byToken.identify(known, network);
  const fresh = await Promise.all(Array.from({ length: 2_000 }, (_, nth) => sign(alg, privateKey, `${nth}`)));
  const forged = await sign(alg, pair().privateKey, 'forged');
  await measure(`${alg} token in use (${known.length} bytes)`, 100_000, () => byToken.identify(known, network));
  await measure(`${alg} token seen for the first time`, 2_000, (nth) => byToken.identify(fresh[nth], network));
  await measure(`${alg} token with a wrong signature`, 2_000, () => byToken.identify(forged, network));
}

const rates = new ClientRates(clock, journal);
const [free, limited] = [null, 1e6].map((rate) => ({ client: `rate ${rate}`, roles: [], publish: [], rate }));
await measure('rate of a client without one', 1e6, () => rates.admit(free));
await measure('rate of a client with one, headers included', 1e6, () => {
  rates.admit(limited);
  return rates.headersFor(limited);
});
await measure('failure of one of 9,000 networks', 500_000, (nth) => failing.fail(`network ${nth % 9_000}`));

const width = Math.max(...rows.map(({ what }) => what.length));
for (const { what, cpu, elapsed } of rows) {
  process.stdout.write(`${what.padEnd(width)}  ${cpu.padStart(7)} us  (${elapsed} us passed)\n`);
}

async function issuerWith(jwk) {
  const read = async () => ({ keys: [jwk] });
  const issuer = new IssuerKeys({ read, journal, clock, timers: { after: () => () => {} } });
  issuer.start();
  await new Promise(setImmediate);
  return issuer;
}

function sign(alg, privateKey, jti) {
  const exp = Math.floor(Date.now() / 1000) + 3_600;
  // As long as Entra's for applications.
  const claims = { iss: EXPECTED.issuer, aud: EXPECTED.audience, exp, azp: 'erp', roles: ['publisher'], jti };
  return new SignJWT({ ...claims, filling: 'x'.repeat(700) }).setProtectedHeader({ alg, kid: 'k' }).sign(privateKey);
}

async function measure(what, count, once) {
  const [usage, began] = [process.cpuUsage(), performance.now()];
  for (let nth = 0; nth < count; nth++) {
    const result = once(nth);
    if (result instanceof Promise) await result;
  }
  const { user, system } = process.cpuUsage(usage);
  const elapsed = ((performance.now() - began) * 1000) / count;
  rows.push({ what, cpu: ((user + system) / count).toFixed(2), elapsed: elapsed.toFixed(2) });
}
