/** What a body with several events may be: one JSON document, or a JSON document per line, without end. */
export const BULK_MEDIA_TYPES = { json: 'application/json', ndjson: 'application/x-ndjson' } as const;
