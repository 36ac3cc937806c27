import type { Answer } from './answer-reader.js';
import type { Contract } from './contract.js';
import type { Schema } from './draw-value.js';

/** An event type as the document and the gateway's own directory describe it. */
export interface EventTypeUnderFuzz {
  readonly type: string;
  readonly path: string;
  /** The member that identifies an event. */
  readonly key: string;
  readonly operation: string;
  /** Where the schema of its events stands in the document. */
  readonly pointer: string;
  readonly schema: Schema;
}

/** What every case may draw on. */
export interface World {
  readonly contract: Contract;
  readonly eventTypes: readonly EventTypeUnderFuzz[];
  readonly applicationUser: string;
  readonly keys: {
    readonly publisher: string;
    /** Of a client that may publish nothing that is sent here. */
    readonly bystander: string;
    readonly operator: string;
  };
  /** What proves Dataverse at the receiver. */
  readonly hookKey: string;
  /** What the gateway said it had stored, by id: counted against its own figures at the end. */
  readonly accepted: Set<string>;
  /** Cases in which both answers were right, because careful readers may differ. */
  undecided: number;
}

/** What an answer in JSON says; undefined for what is none. */
export function jsonOf({ body }: Answer): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(body.toString('utf8')) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
