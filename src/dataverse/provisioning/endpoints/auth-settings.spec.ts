import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { Secret } from '../../secret.js';
import { authSettingsOf } from './auth-settings.js';

describe('the settings of a webhook', () => {
  const pair = (name: string, value: string) => ({ name, value: new Secret(value) });

  it.each([
    [{ kind: 'webhook-key', key: new Secret('a&b') } as const, 4, 'a&b'],
    [
      { kind: 'http-header', headers: [pair('x-key', 'a'), pair('x-other', 'b')] } as const,
      5,
      '<settings><setting name="x-key" value="a"/><setting name="x-other" value="b"/></settings>',
    ],
    [
      { kind: 'query-string', parameters: [pair('sig', `<&>"'`)] } as const,
      6,
      '<settings><setting name="sig" value="&lt;&amp;&gt;&quot;&apos;"/></settings>',
    ],
    [{ kind: 'anonymous' } as const, 5, '<settings><setting name="x-anonymous" value="none"/></settings>'],
  ])('are %j as authtype %d', (authentication, authtype, expected) => {
    const settings = authSettingsOf(authentication);
    expect([settings.authtype, settings.authvalue.reveal()]).toEqual([authtype, expected]);
  });

  it('mean to a reader of XML what was written, whatever it was', () => {
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      parseAttributeValue: false,
      trimValues: false,
    });
    const text = fc.string({ unit: fc.constantFrom(...`abc<>&"';#x`), minLength: 1 });
    fc.assert(
      fc.property(text, text, (name, value) => {
        const xml = authSettingsOf({ kind: 'query-string', parameters: [pair(name, value)] }).authvalue.reveal();
        expect(parser.parse(xml)).toEqual({ settings: { setting: { name, value } } });
      }),
    );
  });
});
