/** What of an error is logged: never its other members, where HTTP clients keep headers, bodies and tokens. */
export interface ErrorDescription {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

/** Chains longer than this say nothing new, and might be circles. */
const MAX_CAUSES = 4;

/** A parser's message quotes what it could not parse: it is left out, for that may be a payload. */
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
