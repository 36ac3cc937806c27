/** Bytes of an event's content; where more came, what of it is content has to be measured. */
export const EVENT_BYTES = 64 * 1024;

/** Bytes of an event in structured mode: its content, and attributes and white space around it. */
export const MESSAGE_BYTES = 128 * 1024;
