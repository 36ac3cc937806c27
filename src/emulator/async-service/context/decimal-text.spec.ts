import { describe, expect, it } from '@jest/globals';
import { decimalText } from './decimal-text.js';

describe('a decimal in a context', () => {
  it.each([
    ['24.850', '24.850'],
    ['0', '0'],
    ['007.50', '7.50'],
    ['-00', '-0'],
    ['-0.00', '-0.00'],
    ['1e0', '1'],
    ['1E3', '1000'],
    ['1.5e1', '15'],
    ['1.25e1', '12.5'],
    ['12.50e+1', '125.0'],
    ['1e-3', '0.001'],
    ['12.5e-1', '1.25'],
    ['-12.5e-3', '-0.0125'],
    ['0.5e1', '5'],
    ['0.05e1', '0.5'],
    ['0e9999999999', '0'],
    ['0.00e-9999999999', '0.00'],
    ['1e-9999999999', '0'],
    ['-1e-9999999999', '-0'],
    ['79228162514264337593543950335', '79228162514264337593543950335'],
  ])('%s is written as %s', (literal, text) => {
    expect(decimalText(literal)).toBe(text);
  });

  it('has as many zeros as a double may need', () => {
    expect(decimalText('1e308')).toBe(`1${'0'.repeat(308)}`);
    expect(decimalText('5e-324')).toBe(`0.${'0'.repeat(323)}5`);
    expect(() => decimalText('1e30000000')).toThrow(RangeError);
  });
});
