import { shownAddress } from '../../outbox/shown-address.js';
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

/**
 * Reads an address from the command line: in the form of DATABASE_URL, or `@` and the file that holds it; `name` is the
 * argument's.
 */
export function storeAddress(name: string, argument: string, context: CliContext): StoreAddress {
  if (argument.startsWith('@')) {
    const file = readTextFile(argument.slice(1));
    if (file.kind === 'unreadable') {
      throw new CommandError(ExitCode.Usage, `<${name}>: the file behind @ cannot be read (${file.code}).`);
    }
    return addressOf(name, file.text.trim());
  }
  if (/^[a-z]+:\/\/[^/@]*:[^/@]*@/i.test(argument)) {
    context.stderr.write(
      'A password on the command line can be read by others: write the address into a file, and give @<file>.\n',
    );
  }
  return addressOf(name, argument);
}

function addressOf(name: string, databaseUrl: string): StoreAddress {
  if (sqliteFile(databaseUrl) !== null) return { databaseUrl, shown: databaseUrl };
  if (/^postgres(ql)?:\/\//i.test(databaseUrl) && URL.canParse(databaseUrl)) {
    return { databaseUrl, shown: shownAddress(databaseUrl) };
  }
  throw new CommandError(
    ExitCode.Usage,
    `<${name}> is no address of a store: write sqlite:./folder/file.db, sqlite:/folder/file.db, or @ and a file that ` +
      'holds postgres://role:password@host:5432/database.',
  );
}
