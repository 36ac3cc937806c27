import { isDeepStrictEqual } from 'node:util';
import type { AcceptedEvent } from './clients.js';
import type { EndOfEvent, Facts, TakenCall } from './facts.js';

/** The promises of the gateway, each by a word. */
export type Rule =
  | 'lost'
  | 'stranger'
  | 'altered'
  | 'order'
  | 'doubled'
  | 'unexplained-duplicate'
  | 'undeserved-death'
  | 'early-call'
  | 'sum'
  | 'unexpected-answer'
  | 'leak'
  | 'strange-exit';

export interface Violation {
  readonly rule: Rule;
  readonly detail: string;
}

export interface CheckOptions {
  /** Reasons of death that the faults of this run bring about. */
  readonly deaths: ReadonlySet<string>;
}

/** Calls within a second of a closing may have been under way. */
const GRACE_MS = 1_000;

/** Every promise that was broken; empty when all were kept. Pure. */
export function check(facts: Facts, options: CheckOptions): readonly Violation[] {
  const taken = Map.groupBy(facts.taken, ({ tag }) => tag ?? '');
  return [
    ...facts.accepted.flatMap((event) => checkEvent(event, { taken, facts, options })),
    ...strangers(facts),
    ...outOfOrder(facts, taken),
    ...doubledKeys(facts),
    ...sumOfGauges(facts),
    ...facts.early.filter((ms) => ms > GRACE_MS).map((ms) => violation('early-call', `${ms} ms after the closing`)),
    ...facts.unexpected.map((detail) => violation('unexpected-answer', detail)),
    ...facts.leaks.map((detail) => violation('leak', detail)),
    ...facts.strangeExits.map((detail) => violation('strange-exit', detail)),
  ];
}

interface Context {
  readonly taken: ReadonlyMap<string, readonly TakenCall[]>;
  readonly facts: Facts;
  readonly options: CheckOptions;
}

function checkEvent({ id, event }: AcceptedEvent, { taken, facts, options }: Context): readonly Violation[] {
  const calls = taken.get(id) ?? [];
  const end = facts.ends.get(id);
  const expected = { EventId: id, ...event.parameters };
  const altered = calls
    .filter(({ parameters }) => !isDeepStrictEqual({ ...parameters }, expected))
    .map(({ parameters }) => violation('altered', `${event.key}: ${JSON.stringify(parameters)}`));
  if (calls.length === 0) return [...altered, ...checkMissing(event.key, { end, options })];
  if (calls.length === 1) return altered;
  return isExplained(calls.length, end) ? altered : [...altered, unexplained(event.key, { calls, end })];
}

/** An event that Dataverse never took must have been given up visibly, and for a reason. */
function checkMissing(
  key: string,
  { end, options }: { readonly end: EndOfEvent | undefined; readonly options: CheckOptions },
): readonly Violation[] {
  if (end?.status !== 'dead') return [violation('lost', `${key}: ${end?.status ?? 'unknown to the gateway'}`)];
  if (end.reason !== null && options.deaths.has(end.reason)) return [];
  return [violation('undeserved-death', `${key}: ${end.reason}`)];
}

/** Every call but the last left an `uncertain` line: a crash, a timeout, a cut connection. */
function isExplained(calls: number, end: EndOfEvent | undefined): boolean {
  return end !== undefined && end.outcomes.filter((outcome) => outcome === 'uncertain').length >= calls - 1;
}

function unexplained(
  key: string,
  { calls, end }: { readonly calls: readonly TakenCall[]; readonly end: EndOfEvent | undefined },
): Violation {
  return violation('unexplained-duplicate', `${key}: ${calls.length} calls, timeline ${end?.outcomes.join(', ')}`);
}

/** What reached Dataverse was accepted; of what was only ever refused nothing did. */
function strangers({ taken, accepted, refused }: Facts): readonly Violation[] {
  const ids = new Set(accepted.map(({ id }) => id));
  return taken
    .filter((call) => !ids.has(call.tag ?? '') || refused.has(keyOf(call)))
    .map((call) => violation('stranger', `${keyOf(call)} (${call.tag})`));
}

function keyOf({ parameters }: TakenCall): string {
  return String(parameters.PurchaseId ?? parameters.PaymentId);
}

/** Within a key, each is first taken after the one before it, unless that one was given up. */
function outOfOrder({ accepted }: Facts, taken: ReadonlyMap<string, readonly TakenCall[]>): readonly Violation[] {
  const lines = Map.groupBy(
    accepted.filter(({ event }) => event.orderingKey !== null),
    ({ event }) => event.orderingKey ?? '',
  );
  return [...lines.values()].flatMap((line) => {
    let latest = 0;
    return line.flatMap(({ id, event }) => {
      const first = taken.get(id)?.[0]?.sequence;
      if (first === undefined) return [];
      const isEarly = first < latest;
      latest = Math.max(latest, first);
      return isEarly ? [violation('order', `${event.key} came before one that was accepted earlier`)] : [];
    });
  });
}

function doubledKeys({ accepted, doubled }: Facts): readonly Violation[] {
  const ids = new Set(accepted.map(({ id }) => id));
  const shared = accepted.length - ids.size;
  const all = [...doubled, ...(shared === 0 ? [] : [`${shared} keys share an id with another`])];
  return all.map((detail) => violation('doubled', detail));
}

/** accepted = delivered + dead + cancelled + pending + delivering + removed, counted on both sides. */
function sumOfGauges({ accepted, gauges }: Facts): readonly Violation[] {
  const stored = Object.values(gauges).reduce((sum, count) => sum + count, 0);
  if (stored === accepted.length) return [];
  return [violation('sum', `${accepted.length} accepted, ${stored} in the store: ${JSON.stringify(gauges)}`)];
}

function violation(rule: Rule, detail: string): Violation {
  return { rule, detail };
}
