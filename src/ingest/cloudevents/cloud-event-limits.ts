/** Bytes of an event in structured mode: its content, and attributes and white space around it. */
export const MESSAGE_BYTES = 128 * 1024;
