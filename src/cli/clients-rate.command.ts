import type { Command } from 'commander';
import { ClientsService } from '../access/clients.service.js';
import { actingOperator } from './acting-operator.js';
import type { CliContext } from './cli-context.js';
import { readRate, type WantedRate } from './clients/read-rate.js';
import { commandGroup } from './command-group.js';
import { withStore } from './with-store.js';
import { writeJson } from './write-output.js';

/** `clients rate <name> <n|none>`: how much a client may send; a running gateway holds it to that within 2 s. */
export function registerClientsRate(program: Command, context: CliContext): void {
  commandGroup(program, 'clients', 'who may call')
    .command('rate')
    .description('Hold a client to a rate, in events and requests per second and gateway process.')
    .argument('<name>', 'the client')
    .argument('<rate>', 'how many per second; none: what CLIENT_RATE says for all, if it is set', readRate)
    .option('--json', 'answer in JSON: { clientId, rate }')
    .action(async (name: string, wanted: WantedRate, { json }: { json?: true }) => {
      const rate = wanted === 'none' ? null : wanted;
      await withStore(context, ({ clients, clock }) =>
        new ClientsService(clients, clock).limit(name, rate, actingOperator()),
      );
      if (json) return writeJson(context, { clientId: name, rate });
      const what = rate === null ? 'has no rate of its own' : `may send ${rate} events per second`;
      context.stdout.write(`Client ${name} ${what}; a running gateway keeps to that within 2 s.\n`);
    });
}
