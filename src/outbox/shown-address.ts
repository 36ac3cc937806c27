/** A store's address for people: neither password nor role nor parameters, among which a password may be. */
export function shownAddress(databaseUrl: string): string {
  if (!/^postgres/i.test(databaseUrl)) return databaseUrl;
  const parsed = URL.parse(databaseUrl);
  return parsed === null ? 'PostgreSQL' : `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}
