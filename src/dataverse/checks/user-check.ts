import type { TargetHints } from '../../delivery/destination.js';
import type { Answer, NotSent } from '../answer.js';
import { applicationUserName } from '../dataverse-options.js';
import { readExecutePrivileges } from '../privileges/read-execute-privileges.js';
import { type HeldPrivilege, readUserPrivileges } from '../privileges/read-privileges.js';
import { readStepsOn } from '../provisioning/endpoints/read-deployed-endpoints.js';
import type { Patience } from '../repeat/patience.js';
import { Throttle } from '../repeat/throttle.js';
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
import { judgeReceipts } from './judge-receipts.js';
import { judgeToken } from './judge-token.js';
import { judgeWhoAmI } from './judge-who-am-i.js';
import { stopwatch } from './stopwatch.js';

/** Trouble that ends within seconds is no finding; trouble that lasts longer is one. */
const PATIENCE: Patience = { repeats: 1, waitMs: 15_000, firstWaitMs: 500 };
const MEASUREMENTS = 5;

/** The checks of one application user: its token, who it is, what it may do, what it can call, how fast. */
export class UserCheck {
  private readonly exchange: TableExchange;
  private readonly tables: TableClient;

  constructor(
    private readonly checked: Checked,
    private readonly applicationUser: string,
  ) {
    const caller = { applicationUser, signal: checked.signal, mayStillSend: () => true };
    const patient = {
      ...caller,
      patience: { ...PATIENCE, onWait: checked.onWait },
      throttle: new Throttle(checked.connection.clock),
    };
    this.exchange = new TableExchange(checked.connection, patient);
    this.tables = new TableClient(checked.connection, patient);
  }

  async walk(): Promise<void> {
    if (!(await this.hasToken())) return this.skip('who-am-i', 'there is no token to ask with');
    const who = judgeWhoAmI(await this.get('WhoAmI'));
    this.tell('who-am-i', who.finding);
    if (who.kind === 'unknown') return this.skip('privileges', who.why);
    const held = await this.privileges(who.userId);
    await this.customApis(held);
    if (this.checked.expectsReceipts) await this.receipts();
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
    let isSilent = false;
    for (const customApi of this.checked.customApis) {
      // A custom API that does not answer takes its whole time limit: the others would tell no more.
      if (isSilent) {
        this.tell(
          'custom-api',
          { result: 'skipped', detail: 'not looked at: the one before got no answer' },
          customApi,
        );
        continue;
      }
      const privilege = needed.get(customApi) ?? null;
      const answer = await this.get(customApi);
      isSilent = answer.kind === 'failure';
      this.tell('custom-api', judgeCustomApi(answer, isHeld(privilege, held) ? null : privilege), customApi);
    }
  }

  /** A user that may not read custom APIs may call them all the same. */
  private async executePrivileges(): Promise<ReadonlyMap<string, string>> {
    try {
      return await readExecutePrivileges(this.tables, this.checked.customApis);
    } catch (error) {
      if (!isOfDataverse(error)) throw error;
      return new Map();
    }
  }

  private async receipts(): Promise<void> {
    const { customApis } = this.checked;
    try {
      this.tell('receipts', judgeReceipts(customApis, await readStepsOn(this.tables, customApis)));
    } catch (error) {
      if (!isOfDataverse(error)) throw error;
      const advice = 'Reading steps takes prvReadSdkMessageProcessingStep, which `dataverse grant` gives.';
      const detail = `the steps on the custom APIs cannot be read: ${error.message}`;
      this.tell('receipts', { result: 'warning', detail, advice });
    }
  }

  private async measure(): Promise<void> {
    const tookMs: number[] = [];
    let hints: TargetHints | null = null;
    for (let count = 0; count < MEASUREMENTS; count += 1) {
      const took = stopwatch();
      const answer = await this.get('WhoAmI');
      if (answer.kind !== 'response' || answer.status !== 200) break;
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

/**
 * Names of privileges are compared without regard to case. If a user's privileges cannot be read, it is assumed to have
 * them.
 */
function isHeld(privilege: string | null, held: readonly HeldPrivilege[] | null): boolean {
  if (privilege === null || held === null) return true;
  return held.some(({ name }) => name.toLowerCase() === privilege.toLowerCase());
}

/** What Dataverse said, or that it did not answer; any other error is a fault of ours. */
function isOfDataverse(error: unknown): error is DataverseRefusedError | DataverseUnreachableError {
  return error instanceof DataverseRefusedError || error instanceof DataverseUnreachableError;
}
