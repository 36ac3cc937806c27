import type { EpochMs } from '../../kernel/clock.js';
import type { StorageErrorCode } from '../storage.error.js';
import type { StoreRole } from '../store.js';
import type { StoreUnusableCode } from '../store-unusable.error.js';
import type { Operations } from './operations.js';

export type OperationName = keyof Operations;

/** What an operation takes. */
export type ParameterOf<N extends OperationName> = Parameters<Operations[N]> extends [unknown, infer P] ? P : undefined;

/** What an operation gives. */
export type ResultOf<N extends OperationName> = ReturnType<Operations[N]>;

/** One operation asked of the writer thread. */
export interface Call {
  readonly name: OperationName;
  readonly parameter: unknown;
}

/** The result of one call; an error crosses the threads as plain values. */
export type Answer =
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly code: StorageErrorCode; readonly message: string };

/** How the writer thread is started. */
export interface WriterOptions {
  /** Absolute path of the database file, or `:memory:`. */
  readonly file: string;
  readonly role: StoreRole;
}

/** Calls that share a transaction, perhaps with other calls, and the instant that counts for them. */
export interface CallsRequest {
  readonly kind: 'calls';
  readonly now: EpochMs;
  readonly calls: readonly Call[];
}

export type Request = CallsRequest | { readonly kind: 'close' };

/**
 * `opened`: ready. `unusable`: cannot be opened, the thread ends. `answers`: one per call of one or more requests, in
 * order. `failed`: the database can no longer vouch for anything; no more answers follow.
 */
export type Response =
  | { readonly kind: 'opened' }
  | { readonly kind: 'unusable'; readonly message: string; readonly code?: StoreUnusableCode }
  | { readonly kind: 'answers'; readonly answers: readonly Answer[] }
  | { readonly kind: 'failed'; readonly message: string };
