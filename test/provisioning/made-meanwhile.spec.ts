import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { customApiFor } from '../../src/contract/custom-api.js';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';
import { DataverseConnection } from '../../src/dataverse/dataverse-connection.js';
import { readDeployedState } from '../../src/dataverse/provisioning/deployed/read-deployed-state.js';
import { wishedStateFor } from '../../src/dataverse/provisioning/wished/wished-state-for.js';
import { TableClient } from '../../src/dataverse/tables/table-client.js';
import type { TableQuery } from '../../src/dataverse/tables/table-query.js';
import { Emulator } from '../../src/emulator/emulator.js';
import { DEFAULT_APPLICATION_USER } from '../../src/emulator/emulator-options.js';
import { always, optionsFor, ShiftedClock } from '../dataverse/support/gateway-side.js';
import { QUICK } from '../dataverse/support/table-answers.js';

const { clientId, clientSecret } = DEFAULT_APPLICATION_USER;
const PREFIX = 'contoso';

let emulator: Emulator;
let connection: DataverseConnection;

beforeAll(async () => {
  emulator = await Emulator.start();
  const applicationUsers = [{ clientId, credential: { kind: 'secret', clientSecret } as const }];
  const options = optionsFor(emulator, emulator.caCertificate, { tenantId: emulator.tenantId, applicationUsers });
  connection = new DataverseConnection(options, new ShiftedClock());
});

afterAll(async () => {
  connection.close();
  await emulator.stop();
});

it('takes a custom API that is made while the environment is read for what it is, and not for a foreign message', async () => {
  const { definitions } = await loadEventCatalog(new URL('../../src/events/', import.meta.url), PREFIX);
  const apis = definitions.map((definition) => customApiFor(definition, PREFIX));
  /** Somebody else's `apply` is done between the readings of custom APIs and of messages. */
  class Overtaken extends TableClient {
    override list(set: string, query: TableQuery) {
      if (set === 'sdkmessages') for (const api of apis) emulator.putCustomApi(api);
      return super.list(set, query);
    }
  }
  const tables = new Overtaken(connection, { applicationUser: clientId, ...always, patience: QUICK });
  const { deployed } = await readDeployedState(tables, wishedStateFor(definitions, { prefix: PREFIX, solution: null }));
  const { customApis, foreignMessages } = deployed;
  expect(foreignMessages).toEqual([]);
  expect(customApis.map(({ cells }) => cells.uniquename).sort()).toEqual(apis.map((api) => api.uniqueName).sort());
});
