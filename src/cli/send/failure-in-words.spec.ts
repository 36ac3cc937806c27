import { describe, expect, it } from '@jest/globals';
import { failureInWords } from './failure-in-words.js';

const FULL = { type: '/problems/storage-full', title: 'There is no room for new events', status: 503 };

describe('what an answer that decides nothing says', () => {
  it.each([
    ['a problem', JSON.stringify(FULL), '503 storage-full: There is no room for new events'],
    ['a title that would clear the screen', JSON.stringify({ ...FULL, title: '\u001b[2J' }), '503 storage-full: ?[2J'],
    ['a problem of something else', JSON.stringify({ ...FULL, type: 'about:blank' }), 'status 503'],
    ['a problem without a title', JSON.stringify({ ...FULL, title: 1 }), 'status 503'],
    ['a page', '<html>', 'status 503'],
    ['nothing', '', 'status 503'],
    ['null', 'null', 'status 503'],
  ])('is told of %s', (_what, text, expected) => {
    expect(failureInWords(503, text)).toBe(expected);
  });
});
