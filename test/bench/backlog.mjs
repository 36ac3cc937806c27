import { seal } from '../../dist/ingest/seal.js';
import { newEventId } from '../../dist/kernel/ids.js';
import { purchaseDefinition, withStore } from './contract.mjs';

const APPEND_AT_ONCE = 1_000;

/** Events that wait to be delivered, put there without a gateway; keys begin with `from`. */
export async function fill(databaseUrl, count, from = 0) {
  const definition = await purchaseDefinition();
  await withStore(databaseUrl, async ({ outbox }) => {
    for (let first = from; first < from + count; first += APPEND_AT_ONCE) {
      const events = Array.from({ length: Math.min(APPEND_AT_ONCE, from + count - first) }, (_, offset) => {
        const content = { ...definition.example, [definition.key]: `backlog-${first + offset}` };
        return seal(
          { definition, content, client: 'bench', identity: { kind: 'business' }, traceparent: null },
          newEventId(),
        );
      });
      await outbox.append(events);
    }
  });
}
