import type { Command } from 'commander';
import type { Verified } from '../dataverse/provisioning/provisioner.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { commandGroup } from './command-group.js';
import { type Dataverse, withDataverse } from './dataverse/connect-dataverse.js';
import { addProvisioningOptions, type ProvisioningOptions, provisioningFor } from './dataverse/provisioning-options.js';
import { counted } from './dataverse/sentence.js';
import { showFindings } from './dataverse/show-findings.js';
import { ExitCode } from './exit-codes.js';
import { writeJson } from './write-output.js';

/** `dataverse verify`: whether what is deployed fits the definitions and the rules of external events. */
export function registerDataverseVerify(program: Command, context: CliContext): void {
  const command = commandGroup(program, 'dataverse', 'the environment that events go to').command('verify');
  addProvisioningOptions(
    command.description('Prove that what is deployed fits the event types; ends with 2 where it does not.'),
    { writes: false },
  ).action((options: ProvisioningOptions) =>
    withDataverse(context, (dataverse) => verify(context, dataverse, options)),
  );
}

async function verify(context: CliContext, dataverse: Dataverse, options: ProvisioningOptions): Promise<void> {
  const { provisioner, wished } = await provisioningFor(context, dataverse, options);
  const verified = await provisioner.verify();
  const types = wished.customApis.map(({ type }) => type);
  const count = countFindings(verified);
  if (options.json) {
    const fits = count.breaking + count.differing === 0;
    writeJson(context, { environment: dataverse.url, types, fits, ...verified });
  } else {
    showFindings(verified, context.stdout);
    if (count.breaking + count.differing === 0) context.stdout.write(`${types.join(', ')}: fits.\n`);
  }
  if (count.breaking + count.differing === 0) return;
  throw new CommandError(
    ExitCode.Differs,
    `${dataverse.url}: ${counted(count.breaking, 'breaking finding')}, ${counted(count.differing, 'difference')}.`,
  );
}

function countFindings({ findings }: Verified) {
  const of = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  return { breaking: of('breaking'), differing: of('differing') };
}
