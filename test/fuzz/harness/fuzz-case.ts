import type { Answer } from './answer-reader.js';

/** A request as bytes, with what the fuzzer knows about it. */
export interface Step {
  readonly method: string;
  readonly bytes: Buffer;
  /** The operation of the document that this is, or null where it is none: a wrong path, a wrong method. */
  readonly operation: string | null;
  /** What is wrong with the answer; empty where the contract is kept. */
  readonly judge: (answer: Answer) => readonly string[];
  /** What follows from the answer, such as reading back what was accepted. */
  readonly next?: (answer: Answer) => Step | null;
}

/** One case of a campaign. `abuse` sends its pieces over a connection of its own, closed behind them. */
export type FuzzCase =
  | { readonly kind: 'exchange'; readonly name: string; readonly step: Step }
  | {
      readonly kind: 'abuse';
      readonly name: string;
      readonly pieces: readonly Buffer[];
      /** Whether nothing was asked, so that no answer is right. */
      readonly asksNothing?: boolean;
      readonly judge: (answers: readonly Answer[]) => readonly string[];
    };

/** Fits a status to those that are right. */
export function statusIs(...statuses: readonly number[]): (answer: Answer) => readonly string[] {
  return ({ status, body }) =>
    statuses.includes(status) ? [] : [`answered ${status} in place of ${statuses.join(' or ')}: ${excerpt(body)}`];
}

export function excerpt(body: Buffer): string {
  return body.toString('utf8', 0, 400);
}
