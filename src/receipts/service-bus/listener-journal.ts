/**
 * Why nothing is received. `unreachable` and `not-stored` (the gateway's own store did not accept a receipt) are
 * temporary; the others wait for a person, though the listener goes on trying. `failed`: the gateway could not process
 * a receipt for an unforeseen reason.
 */
export type ListenerCause =
  | 'unreachable'
  | 'not-stored'
  | 'failed'
  | 'unauthorized'
  | 'entity-missing'
  | 'entity-disabled'
  | 'misconfigured';

/** The state of the listener. */
export type ListenerState =
  | { readonly kind: 'up' }
  | {
      readonly kind: 'down';
      readonly cause: ListenerCause;
      /** In the bus's own words, without secrets. */
      readonly detail: string;
      /** When it tries again, in ms from now. */
      readonly retryInMs: number;
    }
  | { readonly kind: 'stopped' };

/** Causes that only a person can remove. */
export const CAUSES_FOR_A_PERSON: readonly ListenerCause[] = [
  'failed',
  'unauthorized',
  'entity-missing',
  'entity-disabled',
  'misconfigured',
];

/**
 * Why a message went to the dead-letter queue. `malformed`: no context. `unreadable`: no text. `unsupported-format`: the
 * endpoint posts XML instead of JSON. `too-large`.
 */
export type DeadLetterReason = 'malformed' | 'unreadable' | 'unsupported-format' | 'too-large';

/** How a message was to be settled, in AMQP's sense; the outbox's settlement is of an attempt. */
export type SettlementWord = 'complete' | 'abandon' | 'dead-letter';

/** What a listener reports; operations records it. Must neither throw nor wait. */
export abstract class ListenerJournal {
  /** The state, reported when it changes and at each failed attempt to be up again. */
  abstract changed(source: string, state: ListenerState): void;

  /** A message was set aside: nobody will read it unless a person looks. `detail` holds nothing of its content. */
  abstract deadLettered(source: string, reason: DeadLetterReason, detail: string): void;

  /** The bus did not take a settlement; the message comes again, which changes nothing where its receipt is stored. */
  abstract unsettled(source: string, settlement: SettlementWord, detail: string): void;

  /**
   * Processing a receipt failed for an unforeseen reason. Its message was given back; nothing is received until it was
   * processed.
   */
  abstract failed(source: string, error: unknown): void;
}
