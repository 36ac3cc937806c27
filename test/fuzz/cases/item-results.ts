import { excerpt } from '../harness/fuzz-case.js';
import type { Verdict } from '../harness/verdict.js';
import type { World } from '../harness/world.js';

/** One of several events in a request. */
export interface SentItem {
  readonly text: string;
  readonly verdict: Verdict;
}

interface ItemResult {
  readonly result: string;
  readonly receipt?: { readonly id: string };
  readonly problem?: { readonly status: number };
}

/** A result per item, in their order, each as the contract has it. */
export function judgeItems(world: World, sent: readonly SentItem[], results: readonly unknown[]): readonly string[] {
  for (const { receipt } of results as readonly ItemResult[]) if (receipt !== undefined) world.accepted.add(receipt.id);
  if (results.length !== sent.length) return [`${sent.length} items and ${results.length} results`];
  return sent.flatMap((item, index) => judgeItem(world, item, results[index] as ItemResult));
}

function judgeItem({ contract }: World, { text, verdict }: SentItem, item: ItemResult): readonly string[] {
  const fault = contract.explain('/components/schemas/ItemResult', item);
  if (fault !== null) return [`a result that breaks its schema: ${fault}`];
  if (item.result === 'refused') {
    const { status = 0 } = item.problem ?? {};
    if (verdict.kind === 'either') return [];
    return verdict.kind === 'refuse' && verdict.status === status
      ? []
      : [`an item REFUSED with ${status}: ${JSON.stringify(item.problem)}\n  sent: ${shown(text)}`];
  }
  return verdict.kind === 'refuse' ? [`an item ACCEPTED that the contract refuses: ${shown(text)}`] : [];
}

function shown(text: string): string {
  return excerpt(Buffer.from(text));
}
