const BODY_BYTES = 64 * 1024;
/** Every lines event holds at most 200. */
const LINES = 200;

/** The bodies of 64 KiB that cost most to refuse, each by another part of the rules. */
export const WORST_BODIES: readonly (readonly [what: string, body: string])[] = [
  ['unknown names', `{${names(7_900).join()}}`],
  ['lines without a field', `{"lines":${listOf('{}')}}`],
  ['lines that are lists', `{"lines":${listOf('[]')}}`],
  ['lines that are none', `{"lines":${listOf('1')}}`],
  ['as many lines as allowed, with unknown names', `{"lines":[${times(LINES, `{${names(45).join()}}`)}]}`],
  ['as many lines as allowed, with fields that are wrong', `{"lines":[${times(LINES, lineOfFaults())}]}`],
  ['one name over and over', `{${times(9_000, '"a":1')}}`],
  ['control characters', `{"lines":${listOf('"\\u0000"')}}`],
  ['control characters below a long name', `{"${'/'.repeat(30_000)}":[${times(3_000, '"\\u0000"')}]}`],
  ['numbers too large', `{"lines":${listOf('9007199254740993')}}`],
  ['a list', listOf('{}')],
];

function lineOfFaults(): string {
  return JSON.stringify({ sku: '', description: 'x'.repeat(201), quantity: '1,0', unitPrice: 9.95 });
}

function listOf(member: string): string {
  return `[${times(Math.floor((BODY_BYTES - 20) / (member.length + 1)), member)}]`;
}

function times(count: number, member: string): string {
  return Array.from({ length: count }, () => member).join();
}

function names(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `"${index.toString(36)}":0`);
}
