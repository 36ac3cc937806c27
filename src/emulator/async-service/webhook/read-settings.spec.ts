import { describe, expect, it } from '@jest/globals';
import { readSettings } from './read-settings.js';

describe('the settings of an endpoint', () => {
  it.each<readonly [string, readonly (readonly [string, string])[] | null]>([
    ['<settings></settings>', []],
    [' <settings>\n <setting name="a" value="b"/> </settings>\n', [['a', 'b']]],
    [
      '<settings><setting name="a" value="1" /><setting  name="a"\tvalue=""></setting></settings>',
      [
        ['a', '1'],
        ['a', ''],
      ],
    ],
    [
      '<settings><setting name="a" value="&lt;&amp;lt;&gt;&quot;&apos;&#65;&#x42;"/></settings>',
      [['a', '<&lt;>"\'AB']],
    ],
    ['<settings><setting name="a" value="&#x10ffff;"/></settings>', [['a', '\u{10ffff}']]],
    ['<settings><setting name="a" value="&#x110000;"/></settings>', null],
    ['<settings><setting name="a" value="&#0;"/></settings>', null],
    ['<settings><setting name="&#xD800;" value=""/></settings>', null],
    ['<settings><setting value="b" name="a"/></settings>', null],
    ['<settings><setting name="a"/></settings>', null],
    ['<settings><other/></settings>', null],
    ['<settings>', null],
    ['', null],
    ['secret', null],
  ])('in %j are %j', (authvalue, settings) => {
    expect(readSettings(authvalue)).toEqual(settings);
  });

  it('are read in no time, however long what stands in their place', () => {
    const began = process.cpuUsage();
    expect(readSettings(`<settings>${'<setting '.repeat(20_000)}`)).toBeNull();
    expect(readSettings(`<settings>${' '.repeat(200_000)}x`)).toBeNull();
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(500);
  });
});
