import { isDatabaseUrl } from '../setting-formats.js';
import { TextSetting } from '../setting-words.js';

/** Where events are kept. */
export class StoreVariables {
  @TextSetting({
    default: 'sqlite:./data/gateway.db',
    secret: true,
    expectation: 'sqlite:<path> or postgres://<user>:<password>@<host>/<database>',
    accepts: isDatabaseUrl,
    about: 'Where events are kept. A relative SQLite path counts from the working directory.',
  })
  readonly DATABASE_URL!: string;
}
