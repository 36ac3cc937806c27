import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';

export const AUDIENCE = 'api://business-events-gateway';

interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** How the issuer answers when it does not do as it should. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly location?: string }
  | { readonly kind: 'body'; readonly body: string }
  /** Never answers. */
  | { readonly kind: 'silence' }
  /** Never stops answering. */
  | { readonly kind: 'flood' };

/** What a token is made of; every part may be a lie. */
export interface TokenParts {
  readonly claims?: JWTPayload;
  readonly header?: Partial<JWTHeaderParameters>;
  /** Signs with a key of its own instead of the issuer's newest. */
  readonly key?: SigningKey;
}

/** A local issuer of tokens with real keys, over http on loopback: discovery, key set, and whatever can go wrong. */
export class OidcIssuer {
  /** Paths that were asked for, oldest first. */
  readonly requests: string[] = [];
  /** Stands for one path, `/keys` or `/.well-known/openid-configuration`, until it is deleted. */
  readonly faults = new Map<string, Fault>();
  private published: readonly SigningKey[] = [];
  private readonly server = createServer((request, response) => this.answer(request.url ?? '', response));

  /** `port`: where an issuer that went away comes back. */
  static async start({ port = 0, alg = 'RS256' }: { port?: number; alg?: string } = {}): Promise<OidcIssuer> {
    const issuer = new OidcIssuer();
    await issuer.rotate(alg);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    issuer.server.once('error', reject).listen(port, '127.0.0.1', resolve);
    await promise;
    return issuer;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** What goes into OIDC_ISSUER and into `iss`. */
  get url(): string {
    return `http://127.0.0.1:${this.port}/tenant/v2.0`;
  }

  /** The newest key. */
  get key(): SigningKey {
    const [newest] = this.published;
    if (newest === undefined) throw new Error('the issuer has no key yet');
    return newest;
  }

  /** From now on another key alone is published. */
  async rotate(alg = 'RS256'): Promise<void> {
    this.published = [await newKey(alg)];
  }

  /** A token of an application with these roles, valid for five minutes unless the parts say otherwise. */
  token(roles: readonly string[], { claims = {}, header = {}, key = this.key }: TokenParts = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const usual = {
      iss: this.url,
      aud: AUDIENCE,
      exp: now + 300,
      nbf: now - 5,
      azp: 'erp',
      oid: 'erp-object',
      sub: 'erp-object',
      roles,
    };
    return new SignJWT({ ...usual, ...claims })
      .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT', ...header })
      .sign(key.privateKey);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private answer(url: string, response: ServerResponse): void {
    const path = url.replace('/tenant/v2.0', '');
    this.requests.push(path);
    const fault = this.faults.get(path);
    if (fault !== undefined) fail(response, fault);
    else if (path === '/keys') void this.keySet().then((keys) => response.end(JSON.stringify(keys)));
    else if (path === '/.well-known/openid-configuration') response.end(JSON.stringify(this.discovery()));
    else response.writeHead(404).end();
  }

  discovery(): Record<string, unknown> {
    return { issuer: this.url, jwks_uri: `${this.url}/keys`, token_endpoint: `${this.url}/token` };
  }

  private async keySet() {
    const keys = this.published.map(async ({ kid, alg, publicKey }) => ({
      ...(await exportJWK(publicKey)),
      kid,
      alg,
      use: 'sig',
    }));
    return { keys: await Promise.all(keys) };
  }
}

/** A key nobody knows. */
export async function newKey(alg = 'RS256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid: crypto.randomUUID(), alg, privateKey, publicKey };
}

function fail(response: ServerResponse, fault: Fault): void {
  if (fault.kind === 'status') {
    response.writeHead(fault.status, fault.location === undefined ? {} : { Location: fault.location }).end();
  } else if (fault.kind === 'body') {
    response.end(fault.body);
  } else if (fault.kind === 'flood') {
    const more = () => response.destroyed || (response.write(Buffer.alloc(65_536, ' ')) ? setImmediate(more) : null);
    response.on('drain', more);
    more();
  }
}
