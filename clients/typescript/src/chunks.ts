/** As many events as the gateway takes in one request. */
export const MAX_ITEMS = 1_000;
/** Much less than the gateway takes: it is to arrive within an attempt on a poor line, and may have to be sent again. */
export const MAX_BYTES = 1024 * 1024;

const encoder = new TextEncoder();

/** Cuts any number of events into requests: lists of events as JSON, in their order. */
export async function* chunks(events: Iterable<object> | AsyncIterable<object>): AsyncGenerator<readonly string[]> {
  let chunk: string[] = [];
  let bytes = 0;
  for await (const event of events) {
    const json = JSON.stringify(event);
    const length = encoder.encode(json).length;
    if (chunk.length === MAX_ITEMS || (chunk.length > 0 && bytes + length > MAX_BYTES)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(json);
    bytes += length + 1;
  }
  if (chunk.length > 0) yield chunk;
}
