import { describe, expect, it } from '@jest/globals';
import { check } from './harness/check.js';
import type { EndOfEvent, Facts } from './harness/facts.js';
import { payment, purchase } from './harness/sample-events.js';
import { SeededRandom } from './harness/seeded-random.js';

const random = new SeededRandom(1);
const bought = { id: 'a', event: purchase('P1', random), at: 0 };
const [first, second] = [
  { id: 'b', event: payment('V1', 'vendor', random), at: 0 },
  { id: 'c', event: payment('V2', 'vendor', random), at: 1 },
];
const accepted = [bought, first, second];
const taken = accepted.map(({ id, event }, index) => ({
  sequence: index + 1,
  tag: id,
  parameters: { EventId: id, ...event.parameters },
}));
const [takenA, takenB, takenC] = taken as [(typeof taken)[0], (typeof taken)[0], (typeof taken)[0]];

const GOOD: Facts = {
  accepted,
  refused: new Set(['P1-refused']),
  doubled: [],
  taken,
  ends: new Map(),
  gauges: { delivered: 3 },
  early: [5, 1_000],
  unexpected: [],
  leaks: [],
  strangeExits: [],
};

function end(status: string, reason: string | null, ...outcomes: readonly string[]): EndOfEvent {
  return { status, reason, outcomes };
}

describe('check', () => {
  it('finds nothing where every promise was kept', () => {
    expect(rulesOf({})).toEqual([]);
  });

  it.each<[string, Partial<Facts>, string]>([
    ['an event that the gateway takes for delivered and Dataverse never saw', missing(end('delivered', null)), 'lost'],
    ['an event that still waits', missing(end('pending', null)), 'lost'],
    ['an event that the gateway does not know', { taken: [takenB, takenC] }, 'lost'],
    ['a death that nothing accounts for', missing(end('dead', 'rejected')), 'undeserved-death'],
    ['a call for an event nobody sent', { taken: [...taken, { ...takenA, tag: 'z' }] }, 'stranger'],
    ['a call for an event that was refused', { refused: new Set(['P1']) }, 'stranger'],
    ['a digit that changed', { taken: [changed({ TotalAmount: '1' }), takenB, takenC] }, 'altered'],
    ['a parameter too many', { taken: [changed({ Extra: 1 }), takenB, takenC] }, 'altered'],
    ['another id', { taken: [changed({ EventId: 'z' }), takenB, takenC] }, 'altered'],
    ['the second of a key before the first', { taken: [takenA, late(takenB), takenC] }, 'order'],
    ['a key with two ids', { doubled: ['P1'] }, 'doubled'],
    ['two keys with one id', { accepted: [...accepted, { ...bought, event: purchase('P2', random) }] }, 'doubled'],
    ['a second call that nothing accounts for', twice(end('delivered', null, 'delivered')), 'unexplained-duplicate'],
    ['a second call of which nothing is known', { taken: [...taken, late(takenA)] }, 'unexplained-duplicate'],
    ['a call more than a second after a closing', { early: [1_001] }, 'early-call'],
    ['an event that the gauges miss', { gauges: { delivered: 2 } }, 'sum'],
    ['an event that the gauges have and nobody sent', { gauges: { delivered: 3, dead: 1 } }, 'sum'],
    ['an answer no client should get', { unexpected: ['500 that is no problem document'] }, 'unexpected-answer'],
    ['a payload in a log', { leaks: ['delivery.attempted'] }, 'leak'],
    ['a process that ended by itself', { strangeExits: ['1: gateway.failed'] }, 'strange-exit'],
  ])('notices %s', (_, seen, rule) => {
    expect(rulesOf(seen)).toContain(rule);
  });

  it.each<[string, Partial<Facts>]>([
    ['a death that the faults account for', missing(end('dead', 'poison'))],
    ['a second call after one whose end nobody saw', twice(end('delivered', null, 'uncertain', 'delivered'))],
    ['events in every status', { gauges: { delivered: 1, dead: 1, removed: 1 } }],
    ['the second of a key where the first was given up', onlySecondOfKey()],
  ])('lets pass %s', (_, seen) => {
    expect(rulesOf(seen)).toEqual([]);
  });
});

function rulesOf(seen: Partial<Facts>): readonly string[] {
  return check({ ...GOOD, ...seen }, { deaths: new Set(['poison']) }).map(({ rule }) => rule);
}

function missing(how: EndOfEvent): Partial<Facts> {
  return { taken: [takenB, takenC], ends: new Map([['a', how]]) };
}

function twice(how: EndOfEvent): Partial<Facts> {
  return { taken: [...taken, late(takenA)], ends: new Map([['a', how]]) };
}

function onlySecondOfKey(): Partial<Facts> {
  return { taken: [takenA, takenC], ends: new Map([['b', end('dead', 'poison')]]) };
}

function late<T>(call: T): T {
  return { ...call, sequence: 99 };
}

function changed(parameters: object): typeof takenA {
  return { ...takenA, parameters: { ...takenA.parameters, ...parameters } };
}
