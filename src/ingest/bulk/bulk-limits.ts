/** Bytes of a body with several events: 1000 of them at eight kilobytes each. */
export const BULK_BODY_BYTES = 8 * 1024 * 1024;

/** One commit with this many events takes some ten milliseconds. */
export const BATCH_ITEMS = 1_000;
