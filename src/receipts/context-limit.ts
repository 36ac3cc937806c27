/** A context, as bytes. Dataverse sends at most 256 KB over HTTP, headers included, and 192 KB over Service Bus: more is not Dataverse's. */
export const CONTEXT_BYTES = 320 * 1024;
