import { describe, expect, it } from '@jest/globals';
import { fitContext } from './strip-context.js';

const CONTEXT = `{"InputParameters":[],"MessageName":"a\\/b","ParentContext":{},"PostEntityImages":[],"PreEntityImages":[],"Tag":"ü"}`;
const BYTES = Buffer.byteLength(CONTEXT);
const ABSENT = { strippedMembers: 'absent' } as const;

describe('a context', () => {
  it('of as many bytes as may be stays as it is', () => {
    expect(fitContext(CONTEXT, BYTES, ABSENT)).toEqual({ text: CONTEXT, stripped: false, fits: true });
  });

  it('of one byte more loses four members', () => {
    const text = '{"MessageName":"a\\/b","Tag":"ü"}';
    expect(fitContext(CONTEXT, BYTES - 1, ABSENT)).toEqual({ text, stripped: true, fits: true });
    expect(fitContext(CONTEXT, Buffer.byteLength(text), ABSENT).fits).toBe(true);
    expect(fitContext(CONTEXT, Buffer.byteLength(text) - 1, ABSENT).fits).toBe(false);
  });

  it('has null in their place where that is asked for', () => {
    expect(JSON.parse(fitContext(CONTEXT, BYTES - 1, { strippedMembers: 'null' }).text)).toEqual({
      InputParameters: null,
      MessageName: 'a/b',
      ParentContext: null,
      PostEntityImages: null,
      PreEntityImages: null,
      Tag: 'ü',
    });
  });
});
