import type { InputFault } from '../../../src/kernel/input-fault.js';
import type { Answer, Caller } from './caller.js';

/** What became of one item, as it is answered. */
export interface ItemResult {
  readonly result: 'accepted' | 'repeated' | 'refused';
  readonly receipt?: { readonly id: string };
  readonly problem?: { readonly type: string; readonly errors?: readonly InputFault[] };
}

export interface BatchAnswer extends Omit<Answer, 'body'> {
  readonly body: {
    readonly accepted: number;
    readonly repeated: number;
    readonly refused: number;
    readonly results: readonly ItemResult[];
  };
}

/** Sends what should be answered item by item; a text is sent as it is. */
export async function sendBatch(caller: Caller, path: string, body: object | string): Promise<BatchAnswer> {
  const answer = await caller.post(path, body);
  if (!Array.isArray(answer.body.results)) throw new Error(JSON.stringify(answer.body));
  return answer as unknown as BatchAnswer;
}

/** The results in a word each: why an item was refused, or that it was not. */
export function wordsIn({ body }: BatchAnswer): string[] {
  return body.results.map(wordFor);
}

export function wordFor({ result, problem }: ItemResult): string {
  return problem?.type.replace('/problems/', '') ?? result;
}
