import { problemOf } from '../../http/problem.js';
import type { ItemOutcome } from '../item-outcome.js';
import { renderReceipt } from '../receipt.resource.js';

/** The result of an item as JSON, without the braces around it. `instance`: the path of the request. */
export function renderItemMembers(outcome: ItemOutcome, instance: string): string {
  if (outcome.kind !== 'refused') {
    return `"result":"${outcome.kind}","receipt":${renderReceipt(outcome.type, outcome.receipt)}`;
  }
  const { slug, message: detail, errors, members } = outcome.problem;
  return `"result":"refused","problem":${JSON.stringify(problemOf(slug, { detail, instance, errors, members }))}`;
}
