/** What a client may send per second; null where it has no rate of its own. */
export const CLIENT_RATES = `
ALTER TABLE client ADD COLUMN rate integer CHECK (rate > 0);
`;
