import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attributeFaults } from './attribute-faults.js';

const SOUND = { specversion: '1.0', id: 'A-1', source: 'https://pos.contoso.com/stores/017', type: 'CustomerPurchase' };

/** The faults of a sound event with these changes, as "pointer detail"; undefined leaves an attribute out. */
function faultsWith(changes: Readonly<Record<string, unknown>>): string[] {
  const attributes = Object.entries({ ...SOUND, ...changes }).filter(([, value]) => value !== undefined);
  return attributeFaults(new Map(attributes)).map(({ pointer, detail }) => `${pointer} ${detail}`);
}

describe('the attributes of a CloudEvent', () => {
  it.each([
    ['an id with spaces and any letters', { id: 'Kasse 4 / № 17 😀' }],
    ['an id of 255 characters', { id: 'x'.repeat(255) }],
    ['an id of 255 characters of four bytes each', { id: '😀'.repeat(255) }],
    ['a relative source', { source: '/stores/017' }],
    ['a source that is a word', { source: 'store-017' }],
    ['a source that is a URN', { source: 'urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e' }],
    ['a source of 512 characters', { source: `/${'x'.repeat(511)}` }],
    ['a time', { time: '2026-11-22T10:00:00.123+01:00' }],
    ['a subject', { subject: 'S017' }],
    ['a schema', { dataschema: 'https://contoso.com/schemas/purchase#1' }],
    ['a content type', { datacontenttype: 'application/json' }],
    ['a content type with a charset', { datacontenttype: 'Application/JSON; charset="UTF-8"' }],
    ['extensions of every type', { text: 'Größe', empty: '', flag: false, least: -(2 ** 31), most: 2 ** 31 - 1 }],
    ['extensions named like methods', { constructor: 'x', validate: 'x', emit: 'x', format: 'x' }],
    ['an extension with a long name', { averyveryverylongextensionname: 'x' }],
  ])('may be %s', (_what, changes) => {
    expect(faultsWith(changes)).toEqual([]);
  });

  it.each(['specversion', 'id', 'source', 'type'])('are not complete without %s', (name) => {
    expect(faultsWith({ [name]: undefined })).toEqual([`/${name} is required`]);
    expect(faultsWith({ [name]: '' })).toEqual([`/${name} must not be empty`]);
    expect(faultsWith({ [name]: 1 })).toEqual([`/${name} must be a text`]);
  });

  const TIME = '/time must be an instant in RFC 3339 form with a zone, such as "2026-11-22T10:00:00Z"';
  const SOURCE = '/source must be a URI reference of at most 512 characters';
  const EXTENSION = '/ext must be a text, a boolean or a whole number of 32 bits';
  it.each([
    ['another version of the specification', { specversion: '0.3' }, '/specversion must be "1.0"'],
    ['a version that only means the same', { specversion: '1.0.0' }, '/specversion must be "1.0"'],
    ['an id too long', { id: 'x'.repeat(256) }, '/id must be at most 255 characters'],
    ['an id of 256 characters of four bytes', { id: '😀'.repeat(256) }, '/id must be at most 255 characters'],
    ['an id with a control character', { id: 'a\u009f' }, '/id must not contain control characters'],
    ['an id with a noncharacter', { id: 'a\uffff' }, '/id must not contain control characters'],
    ['an id with a line break', { id: 'a\nb' }, '/id must not contain control characters'],
    ['an id with a C1 control', { id: 'a\u0085b' }, '/id must not contain control characters'],
    ['an id with a noncharacter', { id: 'a\ufffeb' }, '/id must not contain control characters'],
    ['a source with a space', { source: '/stores/0 17' }, SOURCE],
    ['a source with a quote', { source: '/stores/"017"' }, SOURCE],
    ['a source with letters that a URI encodes', { source: '/läden/017' }, SOURCE],
    ['a source with a percent sign alone', { source: '/stores/100%' }, SOURCE],
    ['a source with a backslash', { source: 'C:\\stores' }, SOURCE],
    ['a source too long', { source: `/${'x'.repeat(512)}` }, SOURCE],
    ['a time without a zone', { time: '2026-11-22T10:00:00' }, TIME],
    ['a time on a day that is none', { time: '2026-02-30T10:00:00Z' }, TIME],
    ['a time in words', { time: 'now' }, TIME],
    ['an empty time', { time: '' }, '/time must not be empty'],
    ['a time as a number', { time: 1_700_000_000 }, '/time must be a text'],
    ['an empty subject', { subject: '' }, '/subject must not be empty'],
    ['a relative schema', { dataschema: '/schemas/1' }, '/dataschema must be an absolute URI'],
    ['an empty schema', { dataschema: '' }, '/dataschema must not be empty'],
    ['XML', { datacontenttype: 'application/xml' }, '/datacontenttype must be application/json, in UTF-8'],
    [
      'another charset',
      { datacontenttype: 'application/json; charset=latin1' },
      '/datacontenttype must be application/json, in UTF-8',
    ],
    [
      'an extension with capitals',
      { storeId: 'x' },
      '/storeId is not an attribute: names are lower-case letters and digits',
    ],
    ['an extension with a slash', { 'a/b': 'x' }, '/a~1b is not an attribute: names are lower-case letters and digits'],
    ['an extension without a name', { '': 'x' }, '/ is not an attribute: names are lower-case letters and digits'],
    ['an extension that is an object', { ext: {} }, EXTENSION],
    ['an extension that is a list', { ext: [] }, EXTENSION],
    ['an extension that is a fraction', { ext: 1.5 }, EXTENSION],
    ['an extension too large', { ext: 2 ** 31 }, EXTENSION],
    ['an extension with a control character', { ext: 'a\u0000' }, '/ext must not contain control characters'],
  ])('may not be %s', (_what, changes, fault) => {
    expect(faultsWith(changes)).toEqual([fault]);
  });

  it('are told every fault at once, each place once', () => {
    const changes = { id: undefined, source: 'a b', time: 'now', subject: '', dataschema: 'x', Bad: 1, ext: null };
    const faults = faultsWith({ ...changes, specversion: '2', datacontenttype: 'text/plain' });
    expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual([
      '/Bad',
      '/datacontenttype',
      '/dataschema',
      '/ext',
      '/id',
      '/source',
      '/specversion',
      '/subject',
      '/time',
    ]);
  });

  it('are told a hundred faults and one more, however many they have', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`Name${index}`, 1]));
    expect(faultsWith(many)).toHaveLength(101);
  });

  it('never hear their own values, and never make the judge fail', () => {
    const names = fc.constantFrom(...Object.keys(SOUND), 'time', 'subject', 'dataschema', 'datacontenttype', 'ext');
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue()), (changes) => {
        for (const fault of faultsWith(changes)) expect(fault).toMatch(/^\/[a-z]+ (must|is) /);
      }),
    );
  });

  it('are judged at once, however hostile: no pattern tries again from the start', () => {
    const hostile = [
      `${'%41'.repeat(20_000)}%`,
      `${'a:'.repeat(30_000)}^`,
      `http://[${'1:'.repeat(30_000)}^`,
      `application/json${' '.repeat(100_000)}^`,
    ];
    for (const text of hostile) expect(faultsWith({ dataschema: text, datacontenttype: text })).toHaveLength(2);
  });
});
