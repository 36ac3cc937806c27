import { toRfc3339 } from '../../kernel/clock.js';
import { messageOf } from '../../kernel/message-of.js';
import type { CliContext } from '../cli-context.js';
import { printable } from '../write-output.js';
import type { ApplyPause } from './recreation-gates.js';
import type { StoreOfGateway } from './store-of-gateway.js';
import { withRecreationGates } from './with-recreation-gates.js';

/**
 * The pauses that runs of `apply` left in the gateway's store, or hold there now; each is reported on standard error,
 * for its events wait. An unreadable store is reported too, and does not stop the command.
 */
export async function tellLeftPauses(context: CliContext, store: StoreOfGateway): Promise<readonly ApplyPause[]> {
  if (store.kind !== 'known') return [];
  try {
    const left = await withRecreationGates(context, (gates) => gates.ofApply());
    for (const pause of left) context.stderr.write(`${printable(inWords(pause))}\n`);
    return left;
  } catch (error) {
    const why = messageOf(error);
    context.stderr.write(
      `The gateway's store could not be looked into (${why}): if an earlier apply was cut short while it recreated a ` +
        'custom API, `gates list` shows the gate it left paused.\n',
    );
    return [];
  }
}

function inWords({ gate, pause: { by, since, reason }, isAtWork }: ApplyPause): string {
  const whose = `${gate} is paused since ${toRfc3339(since)} by ${by}: ${reason}.`;
  return isAtWork
    ? `${whose} That run may still be at work. If it is not: \`gates resume ${gate}\`.`
    : `${whose} That run was cut short: \`dataverse apply\` completes it and resumes the gate; \`gates resume ${gate}\` resumes it as things stand.`;
}
