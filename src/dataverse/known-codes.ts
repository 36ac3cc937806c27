import type { ThrottleLimit } from '../delivery/destination.js';

/** An `error.code` that says more than the status it comes with. */
export type KnownCode = CodeEffect & {
  /** What it means, for the timeline; Dataverse's own text is not used, for it echoes values. */
  readonly meaning: string;
};

/** The outcome that a code means with any status but 2xx; null where the status decides. */
type CodeEffect =
  | { readonly outcome: 'throttled'; readonly limit: ThrottleLimit }
  | { readonly outcome: 'transient' | 'conflicted' | null };

/** Source: learn.microsoft.com, Web service error codes, and Service protection API limits. */
export const KNOWN_CODES: ReadonlyMap<string, KnownCode> = new Map<string, KnownCode>([
  ['0x80072322', { outcome: 'throttled', limit: 'requests', meaning: 'too many requests in five minutes' }],
  ['0x80072321', { outcome: 'throttled', limit: 'execution-time', meaning: 'too much execution time in five minutes' }],
  ['0x80072326', { outcome: 'throttled', limit: 'concurrency', meaning: 'too many requests at once' }],
  ['0x8005f103', { outcome: 'throttled', limit: 'other', meaning: 'too many requests' }],
  ['0x80044150', { outcome: 'transient', meaning: 'a database error such as a deadlock' }],
  ['0x80044151', { outcome: 'transient', meaning: 'the database took too long' }],
  ['0x80072323', { outcome: 'transient', meaning: "the database's resources are exhausted" }],
  ['0x80072324', { outcome: 'transient', meaning: 'too many requests at once for the database' }],
  ['0x8004a001', { outcome: 'transient', meaning: 'the server is busy' }],
  ['0x80060916', { outcome: 'transient', meaning: 'a passing error inside Dataverse' }],
  ['0x80040217', { outcome: 'conflicted', meaning: 'a row it refers to does not exist' }],
  ['0x80040265', { outcome: 'conflicted', meaning: 'a plug-in aborted the call' }],
  ['0x80072560', { outcome: null, meaning: 'the application user is not a member of the environment' }],
  ['0x80042f09', { outcome: null, meaning: 'the application user has no security role' }],
  ['0x80040220', { outcome: null, meaning: 'the application user lacks a privilege' }],
  ['0x80040225', { outcome: null, meaning: 'the application user is disabled' }],
  ['0x8006088a', { outcome: null, meaning: 'there is no such custom API' }],
  ['0x80040203', { outcome: null, meaning: 'a parameter is missing or invalid' }],
  ['0x80048d19', { outcome: null, meaning: 'a parameter is unknown or of another type' }],
]);

/** Codes of a 403 that refuse the application user as a whole, not only one custom API. */
export const USER_SHUT_OUT: ReadonlySet<string> = new Set(['0x80072560', '0x80042f09']);
