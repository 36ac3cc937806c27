import type { Recreation } from '../../dataverse/provisioning/plan/plan-recreation.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { namedInARow, recreationInWords } from './recreation-in-words.js';

/**
 * Asks for consent to every recreation, by name: with `--recreate`, or at the terminal where nobody waits for the
 * event. Throws `CommandError` where one is refused: nothing was changed then.
 */
export async function requireConsent(
  { ask }: CliContext,
  recreations: readonly Recreation[],
  agreed: ReadonlySet<string>,
): Promise<void> {
  const open = recreations.filter(({ name }) => !agreed.has(name));
  const refused = open.filter(({ subscribers }) => subscribers.length > 0 || ask === null);
  if (refused.length > 0) throw refusal(refused.map(whyRefused));
  for (const recreation of open) {
    const answer = await ask?.(`${recreationInWords(recreation)} Type ${recreation.name} to agree: `);
    if (answer?.trim() !== recreation.name) throw refusal([`${recreation.name} is not recreated.`]);
  }
}

function refusal(sentences: readonly string[]): CommandError {
  return new CommandError(ExitCode.Refused, [...sentences, 'Nothing was changed.'].join('\n'));
}

function whyRefused(recreation: Recreation): string {
  const { name, subscribers } = recreation;
  const flag = `--recreate ${name}`;
  if (subscribers.length === 0) return `${recreationInWords(recreation)} Nobody is there to agree to it: ${flag} does.`;
  return (
    `${recreationInWords(recreation)} Others wait for it (${namedInARow(subscribers)}): leave it as it is and declare the event anew beside it, in a ` +
    `file of its own with \`version: 2\`; or agree to what is lost with ${flag}. Steps that are wished by ` +
    '--endpoints or --receiver are restored where these are given.'
  );
}
