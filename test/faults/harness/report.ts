import type { Violation } from './check.js';
import type { Facts } from './facts.js';
import type { World } from './world.js';

/** A run in figures. */
export interface Report {
  readonly seconds: number;
  /** From the end of the last fault until nothing waited any more. */
  readonly secondsToRest: number;
  readonly steps: Readonly<Record<string, number>>;
  readonly lives: number;
  readonly accepted: number;
  readonly delivered: number;
  readonly dead: number;
  /** Calls beyond the first of an event, and how many events had any. */
  readonly duplicates: number;
  readonly duplicated: number;
  readonly lost: number;
  readonly orderViolations: number;
  /** Calls begun later than a second after a gate closed, and all that met a closed gate. */
  readonly earlyCalls: number;
  readonly callsUnderWayAtClosing: number;
  /** From a kill to the first call that Dataverse took of what waited. */
  readonly recoveryMs: { readonly p50: number; readonly p99: number; readonly longest: number };
  readonly isAtRest: boolean;
  readonly violations: readonly Violation[];
}

interface Run {
  readonly world: World;
  readonly facts: Facts;
  readonly violations: readonly Violation[];
  readonly done: ReadonlyMap<string, number>;
  readonly isAtRest: boolean;
  readonly startedAt: number;
  readonly faultsEndedAt: number;
}

export function reportOf({ world, facts, violations, done, isAtRest, startedAt, faultsEndedAt }: Run): Report {
  const now = Date.now();
  const times = countBy(facts.taken.map(({ tag }) => tag ?? ''));
  const count = (rule: Violation['rule']) => violations.filter((violation) => violation.rule === rule).length;
  return {
    seconds: seconds(now - startedAt),
    secondsToRest: seconds(now - faultsEndedAt),
    steps: Object.fromEntries([...done].sort(([a], [b]) => (a < b ? -1 : 1))),
    lives: world.replicas.reduce((sum, { ended, isUp }) => sum + ended.length + (isUp ? 1 : 0), 0),
    accepted: facts.accepted.length,
    delivered: times.size,
    dead: facts.gauges.dead ?? 0,
    duplicates: facts.taken.length - times.size,
    duplicated: [...times.values()].filter((n) => n > 1).length,
    lost: count('lost'),
    orderViolations: count('order'),
    earlyCalls: count('early-call'),
    callsUnderWayAtClosing: facts.early.length,
    recoveryMs: recovery(world),
    isAtRest,
    violations,
  };
}

/** What a person reads; the figures of docs/faults.md are these. */
export function describeReport(report: Report): string {
  const { steps, violations, recoveryMs, ...figures } = report;
  return [
    ...Object.entries(figures).map(([name, figure]) => `${name}: ${figure}`),
    `recoveryMs: p50 ${recoveryMs.p50}, p99 ${recoveryMs.p99}, longest ${recoveryMs.longest}`,
    ...Object.entries(steps).map(([name, times]) => `  ${times} x ${name}`),
    ...violations.slice(0, 30).map(({ rule, detail }) => `VIOLATION ${rule}: ${detail}`),
    violations.length === 0 && report.isAtRest ? 'every promise was kept' : `${violations.length} violations`,
  ].join('\n');
}

function recovery({ replicas, environment }: World): Report['recoveryMs'] {
  const takenAt = environment.emulator.received().map(({ receivedAt }) => Date.parse(receivedAt));
  const kills = replicas.flatMap(({ ended }) => ended.filter(({ signal }) => signal === 'SIGKILL').map(({ at }) => at));
  const spans = kills.flatMap((at) => {
    const next = takenAt[firstAfter(takenAt, at)];
    return next === undefined ? [] : [next - at];
  });
  const sorted = spans.sort((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: quantile(0.5), p99: quantile(0.99), longest: quantile(1) };
}

/** The index of the first instant later than another; the instants rise. */
function firstAfter(instants: readonly number[], at: number): number {
  let [low, high] = [0, instants.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((instants[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

function countBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
