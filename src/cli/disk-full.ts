import { messageOf } from '../kernel/message-of.js';

/** As SQLite, PostgreSQL and Node.js word it: an error that crossed the thread of the writer has its words and no code. */
const WORDS = /database or disk is full|no space left on device|ENOSPC/i;

/** Whether an error says that there is no room on a disk. */
export function isDiskFull(error: unknown): boolean {
  return WORDS.test(messageOf(error));
}
