/** Values and names that look right to somebody and are wrong by contract. */

/** Names that every object has, that OData would read, that differ by a letter, that nobody can see. */
export const UNKNOWN_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
  'contactId@odata.bind',
  '@odata.type',
  'a.b',
  'totalamount',
  'TotalAmount',
  'EventId',
  'id',
  '',
  ' ',
  '\u200b',
  '$ref',
  '0',
  'a/b~c',
];

/** Days that do not exist, hours and seconds beyond the clock, no zone, other spellings. */
export const NO_INSTANTS = [
  '2026-02-30T10:00:00Z',
  '2025-02-29T10:00:00Z',
  '2026-11-22T24:00:00Z',
  '2026-11-22T23:59:60Z',
  '2016-12-31T23:59:60Z',
  '2026-11-22T10:00:00',
  '2026-11-22 10:00:00Z',
  '2026-11-22t10:00:00z',
  '2026-11-22T10:00Z',
  '2026-11-22T10:00:00.Z',
  '2026-11-22T10:00:00.1234567890Z',
  '2026-11-22T10:00:00+14:01',
  '2026-11-22T10:00:00+0100',
  '2026-11-22T10:00:00+01:60',
  '2026-11-22T10:00:00Z ',
  '2026-11-22T10:00:00Z\n',
  '0000-01-01T00:00:00Z',
  '+02026-11-22T10:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-1-1T00:00:00Z',
  '٢٠٢٦-11-22T10:00:00Z',
  '1763805600',
  '',
];

/** The same of days. */
export const NO_DATES = [
  '2026-02-30',
  '2025-02-29',
  '1900-02-29',
  '0000-01-01',
  '2026-11-31',
  '2026-11-22T00:00:00Z',
  '22.11.2026',
  '',
];

/** Surely no e-mail addresses. */
export const NO_ADDRESSES = ['x', '@example.com', 'a@', 'a b@example.com', 'a@exa mple.com', 'a@example.com\n', ''];

/** GUIDs as other systems write them, and what only looks like one. */
export const NO_GUIDS = [
  '0f8fad5b-d9cb-469f-a165-7086772895',
  '{0f8fad5b-d9cb-469f-a165-70867728950e}',
  '0f8fad5bd9cb469fa16570867728950e',
  '0f8fad5b-d9cb-469f-a165-70867728950g',
  '0f8fad5b-d9cb-469f-a165-70867728950e ',
  '',
];

/** Numbers as other systems write them, and those that would lose digits. */
export const NO_AMOUNTS = [
  '1,00',
  '01.00',
  '+1',
  '1.',
  '.5',
  '1e3',
  '-',
  '',
  ' 1',
  '1 ',
  '1\n',
  '1.00000',
  '1234567890123456',
  'NaN',
  'Infinity',
  '0x10',
  '١٢',
  '--1',
  '1.2.3',
];

/** Values that no JavaScript object holds: they exist only as text. */
export const RAW_VALUES = [
  '"\\u0000"',
  '"x\\u0000y"',
  '"\\ud83d"',
  '"\\ude00x"',
  '"\\ude00\\ud83d"',
  '1e400',
  '-1e400',
  '9007199254740993',
  '-9007199254740992',
  '123456789012345678901234567890',
  '-0',
  '0.1',
];
