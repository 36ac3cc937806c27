import { describe, expect, it } from '@jest/globals';
import { jobFailureOf } from './job-failure.js';

describe('the failure of a system job', () => {
  it.each([
    [-2147155455, '0x80050201', /status that is no success/],
    [-2147155454, '0x80050202', /60 s/],
    [-2147155453, '0x80050203', /headers/],
    [-2147155452, '0x80050204', /query parameters/],
    [-2147155451, '0x80050205', /no connection/],
    [-2147155450, '0x80050206', /disabled/],
    [-2147155449, '0x80050207', /256 KB/],
    [-2147155448, '0x80050208', /192 KB/],
    [-2147204747, '0x80044175', /Azure refused/],
    [-2147204743, '0x80044179', /postponed/],
    [-2147204742, '0x8004417a', /disabled/],
    [0x80050201, '0x80050201', /no success/],
    [-2147220891, '0x80040265', /no reason that is known/],
  ])('%d is told as %s', (errorCode, code, meaning) => {
    expect(jobFailureOf(errorCode, { isOfReceiver: false })).toEqual({
      code,
      meaning: expect.stringMatching(meaning),
      advice: expect.stringMatching(/\.$/),
    });
  });

  it.each([null, 0])('without a code (%p) is told as such', (errorCode) => {
    expect(jobFailureOf(errorCode, { isOfReceiver: false })).toMatchObject({
      code: null,
      meaning: expect.stringContaining('no reason'),
    });
  });

  it.each([
    [false, /replay them once it works/],
    [true, /stay unconfirmed.*nothing has to be replayed/],
  ])(
    'that cannot be repeated says what is lost by it; of a step of a receiver (%p) that is only the receipt',
    (isOfReceiver, advice) => {
      expect(jobFailureOf(0x80050205, { isOfReceiver }).advice).toMatch(advice);
    },
  );

  it.each([
    [0x80050203, false, /authentication\.headers in the endpoints file.*replay them/],
    [0x80050203, true, /headers in HOOK_AUTH_FILE.*nothing has to be replayed/],
    [0x80050204, false, /authentication\.parameters in the endpoints file.*replay them/],
    [0x80050204, true, /parameters in HOOK_AUTH_FILE.*nothing has to be replayed/],
  ])('%d names the file its secret is in (receiver: %p), and what is lost', (errorCode, isOfReceiver, advice) => {
    expect(jobFailureOf(errorCode, { isOfReceiver }).advice).toMatch(advice);
  });
});
