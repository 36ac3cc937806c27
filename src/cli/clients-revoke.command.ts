import type { Command } from 'commander';
import { ClientsService } from '../access/clients.service.js';
import { actingOperator } from './acting-operator.js';
import type { CliContext } from './cli-context.js';
import { commandGroup } from './command-group.js';
import { withStore } from './with-store.js';
import { writeJson } from './write-output.js';

/** `clients revoke <name>`: ends every key of a client; a running gateway refuses them within 2 s. */
export function registerClientsRevoke(program: Command, context: CliContext): void {
  commandGroup(program, 'clients', 'who may call')
    .command('revoke')
    .description('End every API key of a client. Its events stay; `clients rotate` lets it call again.')
    .argument('<name>', 'the client')
    .option('--json', 'answer in JSON: { clientId, revoked }')
    .action(async (name: string, { json }: { json?: true }) => {
      await withStore(context, ({ clients, clock }) =>
        new ClientsService(clients, clock).revoke(name, actingOperator()),
      );
      if (json) writeJson(context, { clientId: name, revoked: true });
      else context.stdout.write(`Client ${name} may no longer call; a running gateway refuses its keys within 2 s.\n`);
    });
}
