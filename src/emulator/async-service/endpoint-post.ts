import type { Row } from '../tables/table-definition.js';

/** One attempt of a system job to send an event to its endpoint. */
export interface PostOrder {
  /** The row of `serviceendpoint`, secrets among its cells. */
  readonly endpoint: Row;
  /** The RemoteExecutionContext as JSON, in full: the transport strips it where it is too large. */
  readonly context: string;
  readonly facts: PostFacts;
  /** Aborts where the emulator stops: the promise then settles soon, with any result. */
  readonly signal: AbortSignal;
}

/** Facts of the event beside its context: headers of webhooks, properties of Service Bus messages. */
export interface PostFacts {
  readonly jobId: string;
  /** The message: the unique name of the custom API. */
  readonly requestName: string;
  /** Host, and port, of the environment's address. */
  readonly organization: string;
  readonly correlationId: string;
  readonly userId: string;
  readonly initiatingUserId: string;
  /** How many attempts of this job were postponed before. */
  readonly postponed: number;
}

/** What became of an attempt. */
export type PostOutcome = {
  /** The receiver's last answer as an HTTP status; null without an answer, and on other transports. */
  readonly status: number | null;
  /** How often it was sent, including the immediate repeat of webhooks. */
  readonly tries: number;
  /** Whether InputParameters, ParentContext and images were left out for their size. */
  readonly stripped: boolean;
} & (
  | { readonly kind: 'done' }
  | ({ readonly kind: 'failed' } & PostFailure)
  /**
   * The job goes to Waiting with the text `meanwhile` and is tried again, with exponential spacing, until it is aborted
   * as Failed.
   */
  | ({ readonly kind: 'later'; readonly meanwhile: PostFailure } & PostFailure)
);

/** Why an attempt failed, as the system job tells it. */
export interface PostFailure {
  /** In the form `0x80050201`. */
  readonly code: string;
  /** `friendlymessage`: the documented sentence of the code. */
  readonly message: string;
  /** More for `message` of the job, such as the transport's error; without secrets. */
  readonly detail: string;
}

/** A transport for one kind of endpoint. */
export interface EndpointPost {
  /** Never rejects because of a receiver. */
  post(order: PostOrder): Promise<PostOutcome>;
  /** Closes connections that are kept; resolves soon. */
  close(): Promise<void>;
}
