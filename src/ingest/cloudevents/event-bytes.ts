/** What an event's content is at most; only what came as more bytes has to be measured. */
export const EVENT_BYTES = 64 * 1024;
