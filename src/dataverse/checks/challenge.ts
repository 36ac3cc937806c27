/** Where Dataverse says that tokens are issued, and for which resource. */
export interface Challenge {
  /** Origin of Entra. */
  readonly authorityHost: string;
  /** Id of the tenant the environment belongs to. */
  readonly tenantId: string;
  /** The resource that tokens have to be for, or null where it did not say. */
  readonly resource: string | null;
}

/**
 * Reads the header of a 401, `Bearer authorization_uri=https://login.../<tenant>/oauth2/authorize, resource_id=https://...`;
 * null where it is something else. Documented under Authenticate to Dataverse with the Web API.
 */
export function readChallenge(header: string | null): Challenge | null {
  const uri = URL.parse(member('authorization_uri', header) ?? '');
  const [tenantId = ''] = uri?.pathname.split('/').filter((part) => part !== '') ?? [];
  if (uri === null || tenantId === '') return null;
  return { authorityHost: uri.origin, tenantId, resource: member('resource_id', header) };
}

function member(name: string, header: string | null): string | null {
  return new RegExp(`${name}="?([^",\\s]+)`, 'i').exec(header ?? '')?.[1] ?? null;
}
