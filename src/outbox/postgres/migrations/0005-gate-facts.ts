/** What programs keep of a gate for each other, as JSON: until then they read it out of the texts for people. */
export const GATE_FACTS = `
ALTER TABLE gate ADD COLUMN facts text COLLATE "C";
`;
