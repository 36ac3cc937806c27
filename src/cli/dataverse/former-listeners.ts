import type { Change } from '../../dataverse/provisioning/change.js';
import { typeGate } from '../../delivery/gate-name.js';
import type { Store } from '../../outbox/store.js';
import type { CliContext } from '../cli-context.js';
import { withStore } from '../with-store.js';
import type { AppliedWithGates } from './apply-with-gates.js';
import type { StoreOfGateway } from './store-of-gateway.js';

/**
 * The hints at the end of `apply` about custom APIs that it made where another one of the same name had existed: these
 * have no listeners, and nothing else says so. Never rejects.
 */
export async function formerListeners(
  context: CliContext,
  store: StoreOfGateway,
  { applied: { done, recreations }, gates }: AppliedWithGates,
): Promise<readonly string[]> {
  const ofApis = done.filter(({ component }) => component === 'custom-api');
  const listenedTo = recreations.filter(({ subscribers }) => subscribers.length > 0).map(({ name }) => name);
  const recreated = ofApis.filter(({ action, name }) => action === 'recreate' && listenedTo.includes(name));
  const created = ofApis.filter(({ action }) => action === 'create');
  const inUse = store.kind === 'known' && created.length > 0 ? await typesInUse(context, created) : [];
  const isCompleted = (type: Change['type']) => gates.some(({ gate }) => gate === typeGate(type ?? ''));
  return [
    ...recreated.map(({ name }) => `${name} was made anew, and what listened to it ${IS_GONE}`),
    ...created
      .filter(({ type }) => inUse.includes(type) || isCompleted(type))
      .map(({ name }) => `If a custom API ${name} stood there before, what listened to it ${IS_GONE}. ${ANYBODY}`),
  ];
}

const IS_GONE =
  'is gone, steps and the registrations of flows: give `apply` the --receiver and --endpoints it had, turn the flows off and on, and send again what was delivered to nobody meanwhile (docs/operations.md, "A custom API is gone")';

/** A row that was deleted says no longer which privilege callers needed. */
const ANYBODY =
  'If it asked callers for a privilege, give `apply` that too (--execute-privilege <name>): without it anybody may call the new one';

/**
 * Event types that have events, or that somebody paused. A gate that is closed as drift proves nothing: it is closed in
 * a new environment as well.
 */
async function typesInUse(context: CliContext, changes: readonly Change[]): Promise<readonly Change['type'][]> {
  const inUse: string[] = [];
  try {
    await withStore(context, async (store) => {
      for (const { type } of changes) if (type !== null && (await isInUse(store, type))) inUse.push(type);
    });
  } catch {
    // An unreadable store was reported when `apply` began.
  }
  return inUse;
}

async function isInUse({ gates, outbox }: Store, type: string): Promise<boolean> {
  const { events } = await outbox.list({ filter: { type }, cursor: null, limit: 1 });
  return events.length > 0 || (await gates.list()).some(({ name, pause }) => name === typeGate(type) && pause !== null);
}
