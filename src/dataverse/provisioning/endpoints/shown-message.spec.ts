import { describe, expect, it } from '@jest/globals';
import { shownMessage } from './shown-message.js';

describe('the words of a failed job', () => {
  it.each([
    ['The call to https://w.example.com/?code=hunter2 failed.', 'The call to https://w.example.com/?… failed.'],
    ['Sent Authorization: Basic aHVudGVyMg== to it', 'Sent Authorization: … to it'],
    ['Sent Authorization: Bearer eyJ.hunter2.x', 'Sent Authorization: …'],
    ['{"Authorization":"hunter2"}', '{"Authorization":"…"}'],
    ['x-api-key: hunter2, content-type: application/json', 'x-api-key: …, content-type: application/json'],
    ['the token was; sig=hunter2; se=1700000000', 'the token was; sig=…; se=1700000000'],
    ['body code=hunter2&x=1', 'body code=…&x=1'],
    ['SharedAccessKeyName=send;SharedAccessKey=hunter2==', 'SharedAccessKeyName=send;SharedAccessKey=…'],
    ['SharedAccessSignature sr=a&sig=hunter2%3d&se=1', 'SharedAccessSignature …'],
    ['with basic aHVudGVyMg==', 'with basic …'],
  ])('are shown without keys: %s', (text, shown) => {
    expect(shownMessage(text)).toBe(shown);
    expect(shownMessage(text)).not.toMatch(/hunter2|aHVudGVyMg/);
  });

  it.each([
    'The remote server returned an error: (401) Unauthorized.',
    'The status code: 500, after one more try',
    'It has a basic problem: the key is wrong',
  ])('stay as they are where there are none: %s', (text) => {
    expect(shownMessage(text)).toBe(text);
  });

  it('are cut where they are long, between characters', () => {
    expect(shownMessage(`${'x'.repeat(299)}\u{1F600}`)).toHaveLength(300);
    expect(shownMessage('\u{1F600}'.repeat(400)).isWellFormed()).toBe(true);
  });
});
