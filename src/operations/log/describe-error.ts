/** The members of an error that are logged: never others, where HTTP clients keep headers, bodies and tokens. */
export interface ErrorDescription {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

/** Longer chains say nothing new, and may be circular. */
const MAX_CAUSES = 4;

/** A parser's message quotes what it could not parse, which may be a payload: the message is left out. */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is no Error was thrown' };
  const isQuoting = error instanceof SyntaxError;
  const { code } = error as NodeJS.ErrnoException;
  return {
    type: error.name,
    message: isQuoting ? 'left out: it may quote its input' : error.message,
    ...(typeof code === 'string' ? { code } : {}),
    ...(isQuoting || error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause === undefined || depth >= MAX_CAUSES ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
}
