import { describe, expect, it } from '@jest/globals';
import { Backlog } from './backlog.js';

/** A backlog of 8 with a limit of 10. */
function nearlyFull(): Backlog {
  const backlog = new Backlog(10);
  backlog.update(8, backlog.mark());
  return backlog;
}

describe('the backlog', () => {
  it('has room up to its limit, and not beyond', () => {
    const backlog = nearlyFull();
    expect(backlog.hasRoomFor(2)).toBe(true);
    expect(backlog.hasRoomFor(3)).toBe(false);
    expect(backlog.isFull).toBe(false);
  });

  it('counts what is being let in, so that a burst does not exceed it', () => {
    const backlog = nearlyFull();
    backlog.begin(2);
    expect(backlog.isFull).toBe(true);
  });

  it('counts what was let in until a measurement contains it', () => {
    const backlog = nearlyFull();
    backlog.begin(2);
    backlog.end(2, 2);
    expect(backlog.isFull).toBe(true);
    backlog.update(9, backlog.mark());
    expect(backlog.isFull).toBe(false);
  });

  it('does not count repeats and what was not stored', () => {
    const backlog = nearlyFull();
    backlog.begin(2);
    backlog.end(2, 0);
    expect(backlog.hasRoomFor(2)).toBe(true);
  });

  it('counts again what may have come too late for a measurement', () => {
    const backlog = new Backlog(10);
    const mark = backlog.mark();
    backlog.begin(6);
    backlog.end(6, 6);
    // Whether the measurement saw the six cannot be told: rather too many than too few.
    backlog.update(4, mark);
    expect(backlog.isFull).toBe(true);
  });
});
