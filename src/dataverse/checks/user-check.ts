import type { TargetHints } from '../../delivery/destination.js';
import type { Answer, NotSent } from '../answer.js';
import { applicationUserName } from '../dataverse-options.js';
import { readExecutePrivileges } from '../privileges/read-execute-privileges.js';
import { type HeldPrivilege, readUserPrivileges } from '../privileges/read-privileges.js';
import type { Patience } from '../repeat/patience.js';
import { DataverseRefusedError } from '../tables/dataverse-refused.error.js';
import { DataverseUnreachableError } from '../tables/dataverse-unreachable.error.js';
import { TableClient } from '../tables/table-client.js';
import { TableExchange } from '../tables/table-exchange.js';
import { targetHints } from '../target-hints.js';
import type { CheckStepName, Finding } from './check-step.js';
import type { Checked } from './checked.js';
import { judgeCustomApi } from './judge-custom-api.js';
import { judgeLatency } from './judge-latency.js';
import { judgeLimits } from './judge-limits.js';
import { judgePrivileges } from './judge-privileges.js';
import { judgeToken } from './judge-token.js';
import { judgeWhoAmI } from './judge-who-am-i.js';
import { stopwatch } from './stopwatch.js';

/** What passes within seconds is no finding; what lasts longer is one. */
const PATIENCE: Patience = { repeats: 2, waitMs: 15_000, firstWaitMs: 500 };
const MEASUREMENTS = 5;

/** The way of one application user: token, who it is, what it may, what it can call, how fast. */
export class UserCheck {
  private readonly exchange: TableExchange;
  private readonly tables: TableClient;

  constructor(
    private readonly checked: Checked,
    private readonly applicationUser: string,
  ) {
    const caller = { applicationUser, signal: checked.signal, mayStillSend: () => true, patience: PATIENCE };
    this.exchange = new TableExchange(checked.connection, caller);
    this.tables = new TableClient(checked.connection, caller);
  }

  async walk(): Promise<void> {
    if (!(await this.hasToken())) return this.skip('who-am-i', 'there is no token to ask with');
    const userId = await this.userId();
    if (userId === null) return this.skip('privileges', 'Dataverse does not let it in');
    const held = await this.privileges(userId);
    await this.customApis(held);
    await this.measure();
  }

  private async hasToken(): Promise<boolean> {
    const { connection, signal } = this.checked;
    const took = stopwatch();
    const result = await connection.tokens.get(this.applicationUser)?.get(signal);
    if (result === undefined) throw new Error('the application user is not one of this connection');
    const { clock, options } = connection;
    const user = options.applicationUsers.find((each) => applicationUserName(each) === this.applicationUser);
    const credential = user?.credential.kind ?? 'secret';
    this.tell('token', judgeToken(result, { credential, now: clock.now(), tookMs: took() }));
    return result.kind === 'token';
  }

  private async userId(): Promise<string | null> {
    const who = judgeWhoAmI(await this.get('WhoAmI'));
    this.tell('who-am-i', who.finding);
    return who.kind === 'known' ? who.userId : null;
  }

  /** Null where it may not read them. */
  private async privileges(userId: string): Promise<readonly HeldPrivilege[] | null> {
    try {
      const held = await readUserPrivileges(this.tables, userId);
      this.tell('privileges', judgePrivileges(held));
      return held;
    } catch (error) {
      if (!isOfDataverse(error)) throw error;
      const advice = 'Reading them takes prvReadUser; sending does not.';
      this.tell('privileges', { result: 'warning', detail: `they cannot be read: ${error.message}`, advice });
      return null;
    }
  }

  private async customApis(held: readonly HeldPrivilege[] | null): Promise<void> {
    const needed = await this.executePrivileges();
    for (const customApi of this.checked.customApis) {
      const privilege = needed.get(customApi) ?? null;
      const isHeld = privilege === null || (held?.some(({ name }) => name === privilege) ?? true);
      const finding = judgeCustomApi(await this.get(customApi), isHeld ? null : privilege);
      this.tell('custom-api', finding, customApi);
    }
  }

  /** Who may not read custom APIs may call them all the same. */
  private async executePrivileges(): Promise<ReadonlyMap<string, string>> {
    try {
      return await readExecutePrivileges(this.tables, this.checked.customApis);
    } catch (error) {
      if (!isOfDataverse(error)) throw error;
      return new Map();
    }
  }

  private async measure(): Promise<void> {
    const tookMs: number[] = [];
    let hints: TargetHints | null = null;
    for (let count = 0; count < MEASUREMENTS; count += 1) {
      const took = stopwatch();
      const answer = await this.get('WhoAmI');
      if (answer.kind !== 'response' || answer.status !== 200) continue;
      tookMs.push(took());
      hints = targetHints(answer.headers);
    }
    if (hints === null) return this.skip('limits', 'WhoAmI was not answered again');
    this.tell('limits', judgeLimits(hints));
    this.tell('latency', judgeLatency(tookMs));
  }

  private get(path: string): Promise<Answer | NotSent> {
    return this.exchange.ask({ method: 'GET', path, repeatable: true });
  }

  private skip(step: CheckStepName, why: string): void {
    this.tell(step, { result: 'skipped', detail: `not looked at, nor what comes behind it: ${why}` });
  }

  private tell(
    step: CheckStepName,
    { advice = null, figures = {}, ...finding }: Finding,
    customApi: string | null = null,
  ) {
    const { applicationUser } = this;
    this.checked.report({ step, applicationUser, customApi, ...finding, advice, figures });
  }
}

/** What Dataverse said, or did not; whatever else is thrown is a fault of ours. */
function isOfDataverse(error: unknown): error is DataverseRefusedError | DataverseUnreachableError {
  return error instanceof DataverseRefusedError || error instanceof DataverseUnreachableError;
}
