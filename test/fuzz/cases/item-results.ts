import type { Answer } from '../harness/answer-reader.js';
import type { EnvelopeVerdict } from '../harness/envelope-verdict.js';
import { excerpt, statusIs } from '../harness/fuzz-case.js';
import type { Verdict } from '../harness/verdict.js';
import { jsonOf, type World } from '../harness/world.js';

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

/** The answer to several events in one body: a result for each, counted, and the status that says whether all were taken. */
export function judgeBatch(world: World, sent: readonly SentItem[], answer: Answer): readonly string[] {
  if (answer.status !== 202 && answer.status !== 207) return statusIs(202, 207)(answer);
  const told = jsonOf(answer) ?? {};
  const results = (told.results ?? []) as readonly ItemResult[];
  const counts = (['accepted', 'repeated', 'refused'] as const).map((kind) => {
    const count = results.filter(({ result }) => result === kind).length;
    return told[kind] === count ? [] : [`${count} results are ${kind}, ${told[kind]} by its own count`];
  });
  const isWhole = results.every(({ result }) => result !== 'refused');
  return [...statusIs(isWhole ? 202 : 207)(answer), ...counts.flat(), ...judgeItems(world, sent, results)];
}

/** A result per item, in their order, each as the contract has it. */
export function judgeItems(world: World, sent: readonly SentItem[], results: readonly unknown[]): readonly string[] {
  noteReceipts(world, results);
  if (results.length !== sent.length) return [`${sent.length} items and ${results.length} results`];
  return sent.flatMap((item, index) => judgeItem(world, item, results[index] as ItemResult));
}

/** The answer to a body to which anything was done. */
export function judgeEnvelope(world: World, verdict: EnvelopeVerdict, answer: Answer): readonly string[] {
  if (verdict.kind === 'items') return judgeBatch(world, verdict.items, answer);
  const results = (jsonOf(answer)?.results ?? []) as readonly ItemResult[];
  noteReceipts(world, results);
  if (verdict.kind === 'refuse' || answer.status !== 207) return statusIs(400)(answer);
  // Broken within an item: that one is refused, those beside it may be whole.
  return results.some(({ problem }) => problem?.status === 400) ? [] : [`TAKEN as whole: ${excerpt(answer.body)}`];
}

function noteReceipts(world: World, results: readonly unknown[]): void {
  for (const { receipt } of results as readonly ItemResult[]) if (receipt !== undefined) world.accepted.add(receipt.id);
}

function judgeItem(world: World, { text, verdict }: SentItem, item: ItemResult): readonly string[] {
  const fault = world.contract.explain('/components/schemas/ItemResult', item);
  if (fault !== null) return [`a result that breaks its schema: ${fault}`];
  if (verdict.kind === 'either') world.undecided++;
  if (item.result === 'refused') return judgeRefusal({ text, verdict }, item);
  if (verdict.kind === 'refuse') return [`an item ACCEPTED that the contract refuses: ${shown(text)}`];
  if (item.receipt === undefined) return ['a result without its receipt'];
  // Keys are drawn for one case alone.
  return item.result === 'accepted' ? [] : [`an item called ${item.result} that was never sent before: ${shown(text)}`];
}

function judgeRefusal({ text, verdict }: SentItem, { problem }: ItemResult): readonly string[] {
  const right = verdict.kind === 'refuse' ? verdict.status : 400;
  return verdict.kind !== 'accept' && problem?.status === right
    ? []
    : [`an item REFUSED with ${problem?.status}: ${JSON.stringify(problem)}\n  sent: ${shown(text)}`];
}

function shown(text: string): string {
  return excerpt(Buffer.from(text));
}
