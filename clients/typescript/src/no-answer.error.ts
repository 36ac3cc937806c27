/** No answer came, or none that could be read: whether the event is stored is not known. Publish it again, as it is. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}
