import { GrantNotPossibleError } from '../../dataverse/granting/grant-not-possible.error.js';
import { DataverseRefusedError } from '../../dataverse/tables/dataverse-refused.error.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';

const WHO_MAY = [
  'Who grants needs the role System Administrator here: prvCreateUser, prvReadUser, prvWriteUser, prvAssignRole, prvCreateRole, prvWriteRole, prvReadPrivilege, and every privilege it gives away itself.',
  'Or an administrator does it in the Power Platform admin center: Environments, the environment, Settings, Users + permissions, Application users, New app user, with a security role that has the privileges above.',
].join('\n');

/** What a person does where granting was refused; other errors are passed on as they are. `done` is what was changed. */
export function explainGrantFailure(error: unknown, done: readonly string[]): unknown {
  if (error instanceof GrantNotPossibleError) return new CommandError(ExitCode.Refused, error.message);
  if (!(error instanceof DataverseRefusedError)) return error;
  const so =
    done.length === 0 ? 'Nothing was changed.' : `Done before that: ${done.join('; ')}. A second run completes it.`;
  const advice = error.status === 403 ? `\n${WHO_MAY}` : '';
  return new CommandError(
    error.status === 403 ? ExitCode.Refused : ExitCode.Failure,
    `${error.message}\n${so}${advice}`,
  );
}
