/** Something was not found, but the user sees only part of the rows: it may be missing or hidden. */
export class HiddenRowsError extends Error {
  override readonly name = 'HiddenRowsError';

  /** @param privileges those that do not reach the whole organization */
  constructor(readonly privileges: readonly string[]) {
    super(
      `It cannot be told with this role what is missing: ${privileges.join(', ')} of the application user ` +
        `${privileges.length === 1 ? 'does' : 'do'} not reach the whole organization, and Dataverse leaves rows of others ` +
        'out without a word. `dataverse grant` gives it a role that reaches far enough; or set the depth "Organization" in ' +
        'the role it has.',
    );
  }
}
