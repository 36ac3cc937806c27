import type { EventCatalog } from '../../contract/event-catalog.js';
import { DataverseConnection } from '../../dataverse/dataverse-connection.js';
import { applyPlan } from '../../dataverse/provisioning/apply-plan.js';
import type { Change, Obstacle } from '../../dataverse/provisioning/change.js';
import { type OwnReceiver, receiverEndpoint } from '../../dataverse/provisioning/endpoints/own-receiver.js';
import type { Plan } from '../../dataverse/provisioning/plan/plan.js';
import type { BegunRecreation, Recreation } from '../../dataverse/provisioning/plan/plan-recreation.js';
import { Provisioner, type ProvisioningWishes } from '../../dataverse/provisioning/provisioner.js';
import { wishedStateFor } from '../../dataverse/provisioning/wished/wished-state-for.js';
import { PATIENT } from '../../dataverse/repeat/patience.js';
import { TableClient } from '../../dataverse/tables/table-client.js';
import type { Emulator } from '../../emulator/emulator.js';
import { DEFAULT_APPLICATION_USER } from '../../emulator/emulator-options.js';
import { BUSINESS_EVENTS_SOLUTION } from '../../emulator/tables/seeds/seed-organization.js';
import { SystemClock } from '../../kernel/clock.js';

export interface EmulatorToProvision {
  readonly emulator: Emulator;
  readonly catalog: EventCatalog;
  /** The publisher's customization prefix. */
  readonly prefix: string;
  /** Where Dataverse is to confirm what it raised; absent: nothing of endpoints is looked at. */
  readonly receiver?: ReceiverToProvision;
}

/** A gateway's receiver, and whether Dataverse has to be told its secret even though it has been told one. */
interface ReceiverToProvision extends OwnReceiver {
  readonly isSecretNew: boolean;
}

/** What came of it: nothing to do, where all are empty. */
export interface Provisioned {
  readonly done: readonly Change[];
  /** What somebody made of the tables by hand and provisioning does not undo. */
  readonly obstacles: readonly Obstacle[];
  /** What is not recreated unasked, for something of others would be lost or waits for it. */
  readonly declined: readonly Recreation[];
}

/**
 * Makes an emulated Dataverse as the event types need it, as `dataverse apply` does, and asks nobody: it recreates only
 * what nothing of others hangs on. Rejects where the emulator refuses a write.
 */
export async function provisionEmulator({
  emulator,
  catalog,
  prefix,
  receiver,
}: EmulatorToProvision): Promise<Provisioned> {
  const connection = connectionTo(emulator, prefix);
  try {
    const { signal } = new AbortController();
    const caller = { applicationUser: DEFAULT_APPLICATION_USER.clientId, signal, mayStillSend: () => true };
    const tables = new TableClient(connection, { ...caller, patience: PATIENT });
    const solution = BUSINESS_EVENTS_SOLUTION;
    const wished = wishedStateFor(catalog.definitions, { prefix, solution });
    const provisioner = new Provisioner(tables, wished, receiver === undefined ? undefined : wishesOf(receiver));
    const plan = await provisioner.plan();
    const replan = async (begun: readonly BegunRecreation[]) => unasked(await provisioner.plan(begun));
    const how = { tables, solution, signal, replan, onDone: () => {} };
    const applied = await applyPlan(unasked(plan), how);
    if (applied.kind === 'cut-short') throw applied.error;
    const declined = plan.recreations.filter((recreation) => !isOfNobodyElse(recreation));
    return { done: applied.done, obstacles: applied.obstacles, declined };
  } finally {
    connection.close();
  }
}

function wishesOf({ isSecretNew, ...receiver }: ReceiverToProvision): ProvisioningWishes {
  const unasked = { takeOver: [], prune: false, createSolution: false, isNarrowed: false };
  return { ...unasked, endpoints: [receiverEndpoint(receiver)], besideOthers: true, writeSecrets: isSecretNew };
}

function isOfNobodyElse({ subscribers, losses }: Recreation): boolean {
  return subscribers.length === 0 && losses.length === 0;
}

/** A plan without what somebody has to agree to. */
function unasked(plan: Plan): Plan {
  const recreations = plan.recreations.filter(isOfNobodyElse);
  const agreed = new Set(recreations.map(({ name }) => name));
  const changes = plan.changes.filter(({ recreates }) => recreates === undefined || agreed.has(recreates));
  return { ...plan, changes, recreations };
}

function connectionTo(emulator: Emulator, publisherPrefix: string): DataverseConnection {
  const { clientId, clientSecret } = DEFAULT_APPLICATION_USER;
  return new DataverseConnection(
    {
      url: emulator.url,
      apiVersion: 'v9.2',
      publisherPrefix,
      timeoutMs: 120_000,
      tenantId: emulator.tenantId,
      authorityHost: emulator.authorityHost,
      applicationUsers: [{ clientId, credential: { kind: 'secret', clientSecret } }],
      ca: emulator.caCertificate,
    },
    new SystemClock(),
  );
}
