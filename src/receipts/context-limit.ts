/**
 * Bytes of a context. Dataverse sends at most 256 KB over HTTP, headers included, and 192 KB over Service Bus: a larger
 * one does not come from Dataverse.
 */
export const CONTEXT_BYTES = 320 * 1024;
