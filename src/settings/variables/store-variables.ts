import { isDatabaseUrl } from '../setting-formats.js';
import { TextSetting } from '../setting-words.js';

/** Where events are kept. */
export class StoreVariables {
  @TextSetting({
    default: 'sqlite:./data/gateway.db',
    secret: true,
    expectation: 'sqlite:./folder/file.db or sqlite:/folder/file.db',
    accepts: isDatabaseUrl,
    about:
      'Where events are kept. A path that begins with a dot counts from the working directory. PostgreSQL is not in this version.',
  })
  readonly DATABASE_URL!: string;
}
