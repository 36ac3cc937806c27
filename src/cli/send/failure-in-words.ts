import { printable } from '../write-output.js';
import { parseObject } from './parse-object.js';

/** What an answer that decides nothing says: `503 storage-full: There is no room for new events`; of no gateway's, its status. */
export function failureInWords(status: number, text: string): string {
  const { type, title } = parseObject(text);
  const slug = typeof type === 'string' ? /^\/problems\/([a-z-]+)$/.exec(type)?.[1] : undefined;
  if (slug === undefined || typeof title !== 'string') return `status ${status}`;
  return printable(`${status} ${slug}: ${title}`);
}
