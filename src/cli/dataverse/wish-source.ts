/** Options that ask more of a custom API than its event type does: endpoints with their steps. */
export type WishSource = (typeof WISH_SOURCES)[number];

const WISH_SOURCES = ['--endpoints', '--receiver'] as const;

/** Which of them a command was given. */
export function wishSourcesOf(options: {
  readonly endpoints?: string;
  readonly receiver?: string;
}): readonly WishSource[] {
  const given = { '--endpoints': options.endpoints, '--receiver': options.receiver };
  return WISH_SOURCES.filter((source) => given[source] !== undefined);
}
