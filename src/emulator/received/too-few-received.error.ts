/** A test waited for calls that did not come. */
export class TooFewReceivedError extends Error {
  override readonly name = 'TooFewReceivedError';
  readonly code = 'too-few-received';

  constructor(wanted: number, received: number, deadlineMs: number) {
    super(`${received} of ${wanted} calls were received within ${deadlineMs} ms`);
  }
}
