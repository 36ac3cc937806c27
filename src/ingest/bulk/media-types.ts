/**
 * The media types of a body with several events: one JSON document, or an endless row of lines, each a JSON document.
 */
export const BULK_MEDIA_TYPES = { json: 'application/json', ndjson: 'application/x-ndjson' } as const;
