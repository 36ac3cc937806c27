import { stableGuid } from '../stable-guid.js';

/** The state in Dataverse of an app registration that Entra knows. */
type DataverseAccess = 'granted' | 'no-application-user' | 'no-roles';

/** An outside issuer whose tokens stand for the application: workload identity federation. */
interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  /** `api://AzureADTokenExchange` by default, as in Entra. */
  readonly audience?: string;
}

/** An app registration and its application user in Dataverse. */
export interface NewApplicationUser {
  readonly clientId: string;
  readonly clientSecret?: string;
  /** PEM certificates whose private keys may sign client assertions. Without any, signatures are not verified. */
  readonly certificates?: readonly string[];
  readonly federatedCredentials?: readonly FederatedCredential[];
  /** `granted` by default. The others get a token from Entra and fail in Dataverse. */
  readonly access?: DataverseAccess;
}

/** A registered application user. */
export interface ApplicationUser {
  readonly clientId: string;
  /** Null once revoked, or where there never was one. */
  readonly clientSecret: string | null;
  readonly certificates: readonly string[];
  readonly federatedCredentials: readonly FederatedCredential[];
  readonly access: DataverseAccess;
  /** The `systemuserid`: always the same for the same client. */
  readonly userId: string;
}

/** Fills in what was left out. */
export function applicationUserOf(given: NewApplicationUser): ApplicationUser {
  return {
    clientId: given.clientId,
    clientSecret: given.clientSecret ?? null,
    certificates: given.certificates ?? [],
    federatedCredentials: given.federatedCredentials ?? [],
    access: given.access ?? 'granted',
    userId: stableGuid(given.clientId),
  };
}
