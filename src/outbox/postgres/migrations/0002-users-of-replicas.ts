/** Which application users each process could send as: a fair share is one among those that know the same users. */
export const USERS_OF_REPLICAS = `
ALTER TABLE replica ADD COLUMN application_users text[] COLLATE "C" NOT NULL DEFAULT '{}';
`;
