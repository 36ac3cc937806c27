/** An HTTP answer of Entra or of the Web API, before the headers that every answer gets. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The error's code, for the request log; null on success. */
  readonly errorCode: string | null;
  /** Where in the body of a multipart answer each part starts, by characters, and where all of them have ended. */
  readonly partStarts?: readonly number[];
}

/** How an exchange ends: with an answer, or in the way that a fault demands. */
export type Ending =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** This many characters of the body are sent, and more are announced. */
  | { readonly kind: 'truncate'; readonly answer: Answer; readonly bodyLength: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'raw'; readonly bytes: string }
  /** The client left, or the emulator stopped: nobody waits for an answer. */
  | { readonly kind: 'gone' };
