import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from '../../src/contract/field-definition.js';
import { Amount, Choice, Flag, Integer, Lines, Option, Text, TextList } from '../../src/contract/fields.js';

const description = 'What it means.';

class Line {
  @Text({ maxLength: 10, description })
  readonly name!: string;
}

/**
 * Each `@ts-expect-error` is the claim: where the compiler stops refusing the line below it, the type check of this
 * file fails. At run time the classes only have to exist.
 */
describe('the compiler', () => {
  it('refuses a word on a property of another type', () => {
    class Wrong {
      // @ts-expect-error an amount is a decimal string, never a number
      @Amount({ description })
      readonly amount!: number;

      // @ts-expect-error a flag is no text
      @Flag({ description })
      readonly flag!: string;

      // @ts-expect-error a whole number is no text
      @Integer({ description })
      readonly integer!: string;

      // @ts-expect-error a list of texts is no text
      @TextList({ maxItems: 1, maxLength: 1, description })
      readonly textList!: string;
    }
    expect(fieldsOf(Wrong)).toHaveLength(4);
  });

  it('refuses a choice whose labels or numbers the property does not have', () => {
    class Wrong {
      // @ts-expect-error 'phone' is not among the property's values
      @Choice({ labels: ['web', 'phone'], description })
      readonly label!: 'web' | 'store';

      // @ts-expect-error 3 is not among the property's values
      @Option({ options: { 1: 'Cash', 3: 'Card' }, description })
      readonly option!: 1 | 2;
    }
    expect(fieldsOf(Wrong)).toHaveLength(2);
  });

  it('refuses optional words on required properties, and required words on optional ones', () => {
    class Wrong {
      // @ts-expect-error optional, but the property has no `?`
      @Text({ maxLength: 10, optional: true, description })
      readonly required!: string;

      // @ts-expect-error required, but the property has a `?`
      @Text({ maxLength: 10, description })
      readonly optional?: string;
    }
    expect(fieldsOf(Wrong)).toHaveLength(2);
  });

  it('refuses a word without a description or without its bounds', () => {
    class Wrong {
      // @ts-expect-error nobody says what it means
      @Flag({})
      readonly flag!: boolean;

      // @ts-expect-error a text has a greatest length
      @Text({ description })
      readonly text!: string;
    }
    expect(fieldsOf(Wrong)).toHaveLength(2);
  });

  it('refuses lines of another class', () => {
    class Wrong {
      // @ts-expect-error the lines have a name, not a number
      @Lines(() => Line, { maxItems: 1, description })
      readonly lines!: readonly { readonly number: number }[];
    }
    expect(fieldsOf(Wrong)).toHaveLength(1);
  });
});
