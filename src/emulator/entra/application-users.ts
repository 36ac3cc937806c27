import { type ApplicationUser, applicationUserOf, type NewApplicationUser } from './application-user.js';

/** The app registrations of the tenant, by client id. */
export class ApplicationUsers {
  readonly #users = new Map<string, ApplicationUser>();

  /** `seat` adds a registered application to the organization. */
  constructor(
    users: readonly NewApplicationUser[],
    private readonly seat: (user: ApplicationUser) => void,
  ) {
    for (const user of users) this.register(user);
  }

  /** Adds one, or replaces what is there under its client id: a new secret is a rotated one. */
  register(user: NewApplicationUser): ApplicationUser {
    const registered = applicationUserOf(user);
    this.#users.set(registered.clientId, registered);
    this.seat(registered);
    return registered;
  }

  find(clientId: string): ApplicationUser | null {
    return this.#users.get(clientId) ?? null;
  }

  list(): readonly ApplicationUser[] {
    return [...this.#users.values()];
  }

  /** From now on the secret is invalid; tokens already issued stay valid, as in Entra. False: unknown client. */
  revokeSecret(clientId: string): boolean {
    const user = this.#users.get(clientId);
    if (user === undefined) return false;
    this.#users.set(clientId, { ...user, clientSecret: null });
    return true;
  }
}
