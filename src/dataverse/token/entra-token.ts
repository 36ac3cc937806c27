import { readFile } from 'node:fs/promises';
import {
  type AuthenticationResult,
  ConfidentialClientApplication,
  ManagedIdentityApplication,
  type NodeAuthOptions,
} from '@azure/msal-node';
import { assertNever } from '../../kernel/assert-never.js';
import type { Credential } from '../credential.js';
import type { HttpClient } from '../http/http-client.js';
import type { AcquireToken, NoToken, TokenResult } from './access-token.js';
import { acquisitionNetwork, withNetwork } from './acquisition-network.js';
import { parseClientCertificate } from './client-certificate.js';
import { noTokenReason } from './no-token-reason.js';
import { TokenNetworkClient } from './token-network-client.js';

export interface EntraClient {
  /** Null for the machine's only managed identity, which needs no id. */
  readonly clientId: string | null;
  readonly credential: Credential;
  /** Null where a managed identity is the only one that asks. */
  readonly tenantId: string | null;
  /** Origin of Entra, https. */
  readonly authorityHost: string;
  /** Origin of the environment the token is for. */
  readonly resource: string;
}

/**
 * Tokens from Entra by MSAL. Each acquisition has an MSAL client of its own: MSAL's cache would interfere with ours,
 * and credentials are read again each time, so that a renewed certificate or federated token needs no restart.
 */
export function entraToken(client: EntraClient, http: HttpClient): AcquireToken {
  return async () => {
    const network = new TokenNetworkClient(http);
    try {
      const result = resultOf(await withNetwork(network, () => acquire(client)));
      return result ?? reasonFor(network, client, null);
    } catch (error) {
      return reasonFor(network, client, error);
    }
  };
}

async function acquire(client: EntraClient): Promise<AuthenticationResult | null> {
  const { clientId, credential, tenantId, authorityHost, resource } = client;
  const system = { networkClient: acquisitionNetwork, disableInternalRetries: true };
  if (credential.kind === 'managed-identity') {
    const managedIdentityIdParams = clientId === null ? {} : { userAssignedClientId: clientId };
    const application = new ManagedIdentityApplication({ managedIdentityIdParams, system });
    // MSAL keeps managed identity tokens per process, not per client.
    return application.acquireToken({ resource, forceRefresh: true });
  }
  const auth = {
    clientId: clientId ?? '',
    authority: `${authorityHost}/${tenantId}`,
    // With its port: otherwise MSAL asks Microsoft's public discovery about a private authority.
    knownAuthorities: [new URL(authorityHost).host],
    ...(await proofFrom(credential)),
  };
  const application = new ConfidentialClientApplication({ auth, system });
  return application.acquireTokenByClientCredential({ scopes: [`${resource}/.default`] });
}

async function proofFrom(
  credential: Exclude<Credential, { kind: 'managed-identity' }>,
): Promise<Partial<NodeAuthOptions>> {
  switch (credential.kind) {
    case 'secret':
      return { clientSecret: credential.clientSecret };
    case 'certificate':
      return { clientCertificate: parseClientCertificate(await readFile(credential.path, 'utf8')) };
    case 'federated':
      return { clientAssertion: (await readFile(credential.tokenPath, 'utf8')).trim() };
    default:
      return assertNever(credential);
  }
}

function resultOf(result: AuthenticationResult | null): TokenResult | null {
  const expiresAt = result?.expiresOn?.getTime() ?? Number.NaN;
  return result === null || result.accessToken === '' || Number.isNaN(expiresAt)
    ? null
    : { kind: 'token', text: result.accessToken, expiresAt };
}

/** Judged by the last answer, not by MSAL's error, which no longer tells its cause. */
function reasonFor({ lastAnswer }: TokenNetworkClient, client: EntraClient, error: unknown): NoToken {
  return lastAnswer === null ? unusableCredential(error) : noTokenReason(lastAnswer, issuerOf(client));
}

function issuerOf({ credential, authorityHost }: EntraClient): string {
  return credential.kind === 'managed-identity'
    ? "the machine's managed identity endpoint"
    : `Entra (${new URL(authorityHost).host})`;
}

/**
 * No request was made yet: a file is missing or contains something else. System error codes are safe to show, messages
 * may not be.
 */
function unusableCredential(error: unknown): NoToken {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? null;
  const detail = 'the credential of the application user cannot be read or used';
  return { kind: 'no-token', outcome: { kind: 'misconfigured', scope: 'user' }, status: null, code, detail };
}
