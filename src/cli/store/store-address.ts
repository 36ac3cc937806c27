import { sqliteFile } from '../../outbox/sqlite-file.js';
import { readTextFile } from '../../settings/text-file.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';

/** Where a store is. */
export interface StoreAddress {
  readonly databaseUrl: string;
  /** The same for people: without user, password and settings. */
  readonly shown: string;
}

/** Reads an address from the command line: as DATABASE_URL has it, or `@` and the file that holds it. */
export function storeAddress(argument: string, context: CliContext): StoreAddress {
  if (argument.startsWith('@')) {
    const file = readTextFile(argument.slice(1));
    if (file.kind === 'unreadable') {
      throw new CommandError(ExitCode.Usage, `The file behind @ cannot be read (${file.code}).`);
    }
    return addressOf(file.text.trim());
  }
  if (/^[a-z]+:\/\/[^/@]*:[^/@]*@/i.test(argument)) {
    context.stderr.write(
      'A password on the command line can be read by others: write the address into a file, and give @<file>.\n',
    );
  }
  return addressOf(argument);
}

function addressOf(databaseUrl: string): StoreAddress {
  if (sqliteFile(databaseUrl) !== null) return { databaseUrl, shown: databaseUrl };
  if (!URL.canParse(databaseUrl)) return { databaseUrl, shown: 'an address that cannot be read' };
  const { protocol, host, pathname } = new URL(databaseUrl);
  return { databaseUrl, shown: `${protocol}//${host}${pathname}` };
}
