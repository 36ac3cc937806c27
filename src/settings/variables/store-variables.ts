import { isDatabaseUrl } from '../setting-formats.js';
import { FlagSetting, TextSetting } from '../setting-words.js';

/** Where events are kept. */
export class StoreVariables {
  @TextSetting({
    default: 'sqlite:./data/gateway.db',
    secret: true,
    expectation: 'sqlite:./folder/file.db, sqlite:/folder/file.db or postgres://role:password@host:5432/database',
    accepts: isDatabaseUrl,
    about:
      'Where events are kept. A path that begins with a dot counts from the working directory. Several gateways share a PostgreSQL database; add ?sslmode=verify-full&sslrootcert=<path> where it is not on this machine.',
  })
  readonly DATABASE_URL!: string;

  @FlagSetting({
    default: false,
    about:
      'Dangerous: take a PostgreSQL server with fsync or full_page_writes off, which loses accepted events when its machine fails. For trials alone.',
  })
  readonly DATABASE_ALLOW_FSYNC_OFF!: boolean;
}
