import { problemOf } from '../../http/problem.js';
import type { ItemOutcome } from '../item-outcome.js';
import { renderReceipt } from '../receipt.resource.js';

/** The answer to a request for several events: its status, and its body as JSON. */
export interface BatchAnswer {
  /** 207 where an item was refused. */
  readonly status: 202 | 207;
  readonly body: string;
}

/** `instance`: the path of the request. Results stand in the order of the outcomes. */
export function renderBatchResult(outcomes: readonly ItemOutcome[], instance: string): BatchAnswer {
  const counts = { accepted: 0, repeated: 0, refused: 0 };
  for (const { kind } of outcomes) counts[kind]++;
  const { accepted, repeated, refused } = counts;
  const results = outcomes.map((outcome) => `{${renderItemMembers(outcome, instance)}}`).join(',');
  return {
    status: refused === 0 ? 202 : 207,
    body: `{"accepted":${accepted},"repeated":${repeated},"refused":${refused},"results":[${results}]}`,
  };
}

/** What an item's result says, without the braces around it. */
export function renderItemMembers(outcome: ItemOutcome, instance: string): string {
  if (outcome.kind !== 'refused') {
    return `"result":"${outcome.kind}","receipt":${renderReceipt(outcome.type, outcome.receipt)}`;
  }
  const { slug, message: detail, errors, members } = outcome.problem;
  return `"result":"refused","problem":${JSON.stringify(problemOf(slug, { detail, instance, errors, members }))}`;
}
