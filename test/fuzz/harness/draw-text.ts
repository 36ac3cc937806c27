import type { SeededRandom } from '../../faults/harness/seeded-random.js';

/** Characters that have tripped somebody: quotes and escapes, scripts, joined emoji, direction marks, controls. */
const CHARACTERS = [
  ...'abcXYZ0189 -_./@#&=?%+,;:!<>[]{}()*^~|$',
  '"',
  '\\',
  "'",
  '`',
  'ä',
  'ß',
  'é',
  'e\u0301',
  'Ω',
  'Ж',
  'א',
  'ش',
  '漢',
  '한',
  '😀',
  '👩\u200d👧',
  '𝒳',
  '\u0001',
  '\u001f',
  '\u007f',
  '\u0085',
  '\u00a0',
  '\u200b',
  '\u202e',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\ufffd',
  '\uffff',
  '\u{10ffff}',
  '\n',
  '\t',
] as const;

/** A text of so many code points. */
export function drawText(random: SeededRandom, least: number, most: number): string {
  // Short ones mostly, the longest now and then.
  const length = random.chance(0.1) ? most : random.between(least, Math.min(most, least + 24));
  let text = '';
  let points = 0;
  while (points < length) {
    const character = random.chance(0.7) ? random.pick(PLAIN) : random.pick(CHARACTERS);
    const size = [...character].length;
    if (points + size > length) continue;
    text += character;
    points += size;
  }
  return text;
}

const PLAIN = [...'abcdefghijklmnopqrstuvwxyz0123456789'];

/** JSON in one of its many spellings: escapes that need not be, white space, members in any order. */
export function spellJson(value: unknown, random: SeededRandom): string {
  const space = () => (random.chance(0.05) ? random.pick([' ', '\n', '\t', '\r\n', '  ']) : '');
  if (typeof value === 'string') return spellText(value, random);
  if (Array.isArray(value)) {
    return `[${value.map((item) => `${space()}${spellJson(item, random)}${space()}`).join(',')}${space()}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, member]) =>
      `${space()}${spellText(name, random)}${space()}:${space()}${spellJson(member, random)}${space()}`,
  );
  if (random.chance(0.3)) members.reverse();
  return `{${members.join(',')}${space()}}`;
}

function spellText(text: string, random: SeededRandom): string {
  const plain = JSON.stringify(text);
  if (!random.chance(0.05)) return plain;
  let spelt = '';
  for (let index = 0; index < text.length; index++) {
    spelt += random.chance(0.3)
      ? `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`
      : JSON.stringify(text[index]).slice(1, -1);
  }
  return `"${spelt}"`;
}
