import { toRfc3339 } from '../../kernel/clock.js';
import { messageOf } from '../../kernel/message-of.js';
import type { CliContext } from '../cli-context.js';
import { printable } from '../write-output.js';
import type { LeftRecreation } from './recreation-gates.js';
import type { StoreOfGateway } from './store-of-gateway.js';
import { withRecreationGates } from './with-recreation-gates.js';

/**
 * The recreations that runs of `apply` left half made, or are working at, as the gateway's store knows them; each is
 * reported on standard error, for events wait for it or meet the gap. An unreadable store is reported too, and does not stop the command.
 */
export async function tellLeftPauses(context: CliContext, store: StoreOfGateway): Promise<readonly LeftRecreation[]> {
  if (store.kind !== 'known') return [];
  try {
    const left = await withRecreationGates(context, (gates) => gates.begun());
    for (const one of left) context.stderr.write(`${printable(inWords(one))}\n`);
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

function inWords(left: LeftRecreation): string {
  return left.isPausedByIt ? ownPauseInWords(left) : besideGateInWords(left);
}

function ownPauseInWords({ gate, told, isAtWork }: LeftRecreation): string {
  const { by, since, reason } = told.pause;
  const whose = `${gate} is paused since ${toRfc3339(since)} by ${by}: ${reason}.`;
  return isAtWork
    ? `${whose} That run may still be at work. If it is not: \`gates resume ${gate}\`.`
    : `${whose} That run was cut short: \`dataverse apply\` completes it and resumes the gate; \`gates resume ${gate}\` resumes it as things stand.`;
}

function besideGateInWords({ gate, told, pause, isAtWork }: LeftRecreation): string {
  const how = isAtWork
    ? 'That run may still be at work.'
    : 'That run was cut short: `dataverse apply` completes it, and leaves the gate as it is.';
  const state = pause === null ? 'was resumed since' : `is paused by ${pause.by} (${pause.reason})`;
  return `${gate} ${state}: ${told.pause.reason}. ${how}`;
}
