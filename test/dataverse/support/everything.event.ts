import { BusinessEvent } from '../../../src/contract/business-event.js';
import * as word from '../../../src/contract/fields.js';

const description = 'A field.';

class Part {
  @word.Text({ maxLength: 10, description })
  readonly sku!: string;

  @word.Decimal({ description })
  readonly quantity!: string;

  @word.Float({ optional: true, description })
  readonly weight?: number;
}

/** An event that uses every field word, and so all thirteen types of parameters. */
@BusinessEvent({
  name: 'Everything',
  version: 1,
  summary: 'Every field word.',
  catalog: { root: 'Test', category: 'Test' },
  key: 'text',
  example: {
    text: 'Grüße "😀"\n',
    occurredAt: '2026-11-22T10:00:00.123+01:00',
    amount: '-999999999999999.9900',
    decimal: '123456789012345.0000000001',
    integer: -2147483648,
    float: 1.5e-9,
    flag: false,
    guid: '0f8fad5b-d9cb-469f-a165-70867728950e',
    label: 'card',
    option: 2,
    list: ['a', 'b'],
    contactId: '0f8fad5b-d9cb-469f-a165-70867728950e',
    record: { sku: 'A', quantity: '1.50', weight: 3 },
    records: [
      { sku: 'A', quantity: '1.50' },
      { sku: 'B', quantity: '0.0000000001' },
    ],
    lines: [{ sku: 'A', quantity: '1.50' }],
  },
})
export class Everything {
  @word.Text({ maxLength: 100, description })
  readonly text!: string;

  @word.Instant({ description })
  readonly occurredAt!: string;

  @word.Amount({ description })
  readonly amount!: string;

  @word.Decimal({ description })
  readonly decimal!: string;

  @word.Integer({ description })
  readonly integer!: number;

  @word.Float({ description })
  readonly float!: number;

  @word.Flag({ description })
  readonly flag!: boolean;

  @word.Guid({ description })
  readonly guid!: string;

  @word.Choice({ labels: ['card', 'cash'], description })
  readonly label!: 'card' | 'cash';

  @word.Option({ options: { 1: 'Card', 2: 'Cash' }, description })
  readonly option!: 1 | 2;

  @word.TextList({ maxItems: 3, maxLength: 9, description })
  readonly list!: readonly string[];

  @word.Reference({ table: 'contact', description })
  readonly contactId!: string;

  @word.RecordOf(() => Part, { description })
  readonly record!: Part;

  @word.RecordsOf(() => Part, { maxItems: 3, description })
  readonly records!: readonly Part[];

  @word.Lines(() => Part, { maxItems: 3, description })
  readonly lines!: readonly Part[];
}
