import { randomUUID } from 'node:crypto';
import type { Emulator } from '../../../src/emulator/emulator.js';
import { Client, type Reply } from './client.js';
import { runningEmulator } from './running-emulator.js';
import { errorOf } from './tables.js';

/** A second application, beside the one that may do everything. */
export const TILL = { clientId: 'bbbbbbbb-0000-4000-8000-000000000002', clientSecret: 'till-secret' };

/** Starts with a second application that has a role with these privileges. */
export async function withTill(privileges: readonly string[], privilegedepthmask = 8) {
  const running = await runningEmulator();
  const { emulator } = running;
  emulator.registerApplicationUser({ ...TILL, access: 'no-roles' });
  giveRole(emulator, privileges, privilegedepthmask);
  return { ...running, till: new Client(emulator, TILL) };
}

/** A role of the till's own. */
export function giveRole({ tables }: Emulator, privileges: readonly string[], privilegedepthmask = 8): void {
  const user = tables.rows('systemuser').find(({ applicationid }) => applicationid === TILL.clientId);
  const role = tables.putRow('role', {
    roleid: randomUUID(),
    name: 'Till',
    businessunitid: user?.businessunitid ?? null,
  });
  const roleid = role.roleid ?? null;
  tables.putRow('systemuserroles', {
    systemuserroleid: randomUUID(),
    systemuserid: user?.systemuserid ?? null,
    roleid,
  });
  for (const name of privileges) {
    const privilege = tables.rows('privilege').find((row) => row.name === name);
    const privilegeid = privilege?.privilegeid ?? null;
    tables.putRow('roleprivileges', { roleprivilegeid: randomUUID(), roleid, privilegeid, privilegedepthmask });
  }
}

/** The status of an answer, with the code of a refusal. */
export function told(reply: Reply): unknown {
  return reply.status < 400 ? reply.status : [reply.status, errorOf(reply).code];
}
