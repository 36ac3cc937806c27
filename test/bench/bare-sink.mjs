// A Dataverse that costs next to nothing: gives out tokens, answers every call with 204, and tells when each came.

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { obtainServerIdentity } from '../../dist/emulator/tls/server-identity.js';

const identity = await obtainServerIdentity(null, []);
writeFileSync(process.env.BENCH_CA, identity.caCertificate);
let origin = '';
let expected = Number.POSITIVE_INFINITY;
const arrivals = [];

const server = createServer(
  { key: identity.server.privateKey, cert: identity.server.certificate },
  (request, response) => {
    request.resume();
    request.on('end', () => answer(request, response));
  },
);

function answer({ url }, response) {
  if (url.includes('/oauth2/') || url.includes('/.well-known/') || url.includes('/discovery/')) {
    response.setHeader('Content-Type', 'application/json');
    return response.end(JSON.stringify(entra(url)));
  }
  if (url.endsWith('/WhoAmI')) {
    response.setHeader('Content-Type', 'application/json');
    return response.end('{}');
  }
  arrivals.push([Date.now(), url.slice(url.indexOf('tag=') + 'tag='.length)]);
  if (arrivals.length === expected) process.stdout.write('COMPLETE\n');
  response.writeHead(204, { 'OData-Version': '4.0' });
  return response.end();
}

function entra(url) {
  if (url.includes('/token')) return { token_type: 'Bearer', expires_in: 3599, access_token: 'bench' };
  const tenant = `${origin}/${url.split('/')[1]}`;
  return {
    issuer: `${tenant}/v2.0`,
    token_endpoint: `${tenant}/oauth2/v2.0/token`,
    authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
    end_session_endpoint: `${tenant}/oauth2/v2.0/logout`,
    jwks_uri: `${tenant}/discovery/v2.0/keys`,
  };
}

// A number says how many arrivals to wait for; `?` asks for all of them.
process.stdin.on('data', (chunk) => {
  const word = String(chunk).trim();
  if (word === '?') process.stdout.write(`ARRIVALS ${JSON.stringify(arrivals)}\n`);
  else expected = Number(word);
});
server.listen(0, 'localhost', () => {
  origin = `https://localhost:${server.address().port}`;
  process.stdout.write(`${origin}\n`);
});
