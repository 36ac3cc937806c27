/** The header in the OpenAPI document, for answers whose refusal is temporary. */
export const RETRY_AFTER_HEADER = {
  'Retry-After': {
    description: 'Seconds to wait at least before what was refused for now is sent again; absent where nothing was.',
    schema: { type: 'integer' as const, minimum: 0 },
  },
};
