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
    if (request.url.endsWith('/$batch')) return answerBatch(request, response);
    request.resume();
    request.on('end', () => answer(request, response));
  },
);

/** Takes every part of a `$batch`; each names its event by the tag in its address. */
async function answerBatch(request, response) {
  let body = '';
  for await (const chunk of request) body += chunk;
  const tags = [...body.matchAll(/tag=([0-9a-f-]+)/g)].map(([, tag]) => tag);
  for (const tag of tags) arrived(tag);
  const part = ['--b', 'Content-Type: application/http', 'Content-Transfer-Encoding: binary', ''];
  const parts = tags.map(() => `${part.join('\r\n')}\r\nHTTP/1.1 204 No Content\r\nOData-Version: 4.0\r\n\r\n\r\n`);
  response.writeHead(200, { 'OData-Version': '4.0', 'Content-Type': 'multipart/mixed; boundary=b' });
  response.end(`${parts.join('')}--b--\r\n`);
}

function arrived(tag) {
  arrivals.push([Date.now(), tag]);
  if (arrivals.length === expected) process.stdout.write('COMPLETE\n');
}

function answer({ url }, response) {
  if (url.includes('/oauth2/') || url.includes('/.well-known/') || url.includes('/discovery/')) {
    response.setHeader('Content-Type', 'application/json');
    return response.end(JSON.stringify(entra(url)));
  }
  if (url.endsWith('/WhoAmI')) {
    response.setHeader('Content-Type', 'application/json');
    return response.end('{}');
  }
  arrived(url.slice(url.indexOf('tag=') + 'tag='.length));
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
