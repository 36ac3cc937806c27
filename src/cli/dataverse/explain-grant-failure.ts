import { GrantNotPossibleError } from '../../dataverse/granting/grant-not-possible.error.js';
import { DataverseRefusedError } from '../../dataverse/tables/dataverse-refused.error.js';
import { DataverseUnreachableError } from '../../dataverse/tables/dataverse-unreachable.error.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { openEnd } from './open-end.js';
import { unreachableInWords } from './unreachable-in-words.js';

const WHO_MAY = [
  'Who grants needs the role System Administrator here: prvCreateUser, prvReadUser, prvWriteUser, prvAssignRole, prvCreateRole, prvWriteRole, prvReadPrivilege, and every privilege it gives away itself.',
  'Or an administrator does it in the Power Platform admin center: Environments, the environment, Settings, Users + permissions, Application users, New app user, with a security role that has the privileges above.',
].join('\n');

/** How far granting had come. */
interface GrantProgress {
  /** What was changed, in words. */
  readonly done: readonly string[];
  /** Whether the command was told to end. */
  readonly isInterrupted: boolean;
}

/** What was done, and what a person does if granting was cut short; other errors are passed on unchanged. */
export function explainGrantFailure(error: unknown, { done, isInterrupted }: GrantProgress): unknown {
  if (error instanceof GrantNotPossibleError) return new CommandError(ExitCode.Refused, error.message);
  const refused = error instanceof DataverseRefusedError && error.status === 403;
  const what = isInterrupted ? interrupted(error) : inWords(error);
  if (what === null) return error;
  const isOpen = error instanceof DataverseUnreachableError && openEnd(error) !== '';
  const nothing = isOpen ? 'Nothing was changed before that.' : 'Nothing was changed.';
  const so = done.length === 0 ? nothing : `Done before that: ${done.join('; ')}. A second run completes it.`;
  return new CommandError(
    refused ? ExitCode.Refused : ExitCode.Failure,
    `${what}\n${so}${refused ? `\n${WHO_MAY}` : ''}`,
  );
}

/** Null for an error that is neither an answer of Dataverse nor a missing one. */
function inWords(error: unknown): string | null {
  if (error instanceof DataverseRefusedError) return error.message;
  return error instanceof DataverseUnreachableError ? unreachableInWords(error) : null;
}

function interrupted(error: unknown): string {
  return error instanceof DataverseUnreachableError && openEnd(error) !== ''
    ? `Interrupted at ${error.request}.${openEnd(error)}`
    : 'Interrupted.';
}
