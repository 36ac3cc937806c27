/** Bytes of one event as it is sent, alone or among others. */
export const EVENT_BYTES = 64 * 1024;
