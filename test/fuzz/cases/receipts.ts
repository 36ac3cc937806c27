import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import { drawText } from '../harness/draw-text.js';
import { drawValue } from '../harness/draw-value.js';
import { excerpt, type FuzzCase, statusIs } from '../harness/fuzz-case.js';
import { requestBytes } from '../harness/requests.js';
import type { World } from '../harness/world.js';
import { mutateBytes } from './mutate-bytes.js';

const STEP = 'aa45df79-90ea-ea11-a815-000d3a86a3ce';
const NO_EVENT = '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70';

/** What comes to the receiver: contexts, whole and mutated, what only looks like one, and callers without the secret. */
export function receiptsCase(world: World, random: SeededRandom): FuzzCase {
  const drawn = random.chance(0.5) ? soundContext(random) : likelyContext(world, random);
  const isMutated = random.chance(0.5);
  const body = isMutated ? mutateBytes(drawn.body, random) : drawn.body;
  const knowsSecret = random.chance(0.85);
  const code = knowsSecret ? world.hookKey : encodeURIComponent(drawText(random, 1, 20).toWellFormed());
  const judge = knowsSecret ? statusIs(...(isMutated ? [204, 400] : drawn.statuses)) : statusIs(401, 429);
  return {
    kind: 'exchange',
    name: 'receipts',
    step: {
      method: 'POST',
      operation: 'receiveContext',
      bytes: requestBytes({ method: 'POST', target: `/hooks/dataverse?code=${code}`, apiKey: null, body }),
      judge: (answer) => judge(answer).map((fault) => `receiveContext ${excerpt(body)}: ${fault}`),
    },
  };
}

/** One that says all a receipt needs; of an event that nobody accepted, or of a message that is no event's. */
function soundContext(random: SeededRandom) {
  const context = {
    MessageName: random.pick([
      'contoso_CustomerPurchase',
      'contoso_VendorPaymentPosted',
      'Create',
      drawText(random, 1, 40),
    ]),
    OperationId: `b1b1d88b-90ea-ea11-a815-${String(random.between(0, 999_999)).padStart(12, '0')}`,
    OperationCreatedOn: `/Date(${random.between(0, 2_000_000_000)}000+0000)/`,
    OwningExtension: { Id: STEP, LogicalName: 'sdkmessageprocessingstep' },
    SharedVariables: [{ key: 'tag', value: random.chance(0.5) ? NO_EVENT : drawText(random, 1, 40) }],
  };
  return { body: Buffer.from(JSON.stringify(context)), statuses: [204] };
}

/** What the document's schema allows: texts where Dataverse writes dates, and keys that stand twice. */
function likelyContext({ contract }: World, random: SeededRandom) {
  const pointer = contract.operation('receiveContext').bodies.get('application/json') ?? '';
  const context = drawValue(contract.schemaAt(pointer), random, contract.resolve);
  return { body: Buffer.from(JSON.stringify(context)), statuses: [204, 400] };
}
