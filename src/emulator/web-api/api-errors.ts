import type { TableSource } from '../odata/table-source.js';
import type { Answer } from '../server/answer.js';
import { unreadable } from '../tables/writes/refusals.js';
import type { Caller } from './access/caller.js';
import { errorAnswer } from './odata-answer.js';

/** A body that OData cannot read. */
export function payloadError(exception: string): Answer {
  const { status, code, message } = unreadable({ setName: '' }, exception);
  return errorAnswer(status, code, message);
}

/** An unknown action, or one in the wrong case: names are case-sensitive. */
export function unknownSegment(segment: string): Answer {
  return errorAnswer(404, '0x8006088a', `Resource not found for the segment '${segment}'.`);
}

/** GET on an action, or POST on a function. */
export function noSuchResource(uri: string): Answer {
  return errorAnswer(404, '', `No HTTP resource was found that matches the request URI '${uri}'.`);
}

/** A method that makes no sense for the address, such as DELETE of a whole set. */
export function methodNotAllowed(method: string): Answer {
  return errorAnswer(405, '0x80060888', `The requested resource does not support http method '${method}'.`);
}

export function unknownParameter(code: string, parameter: string, customApi: string): Answer {
  const exception = `The parameter '${parameter}' in the request payload is not a valid parameter for the operation '${customApi}'.`;
  return code === '0x80048d19'
    ? payloadError(`Microsoft.OData.ODataException: ${exception}`)
    : errorAnswer(400, code, exception);
}

export function missingParameter(code: string, parameter: string, customApi: string): Answer {
  return errorAnswer(400, code, `Required field '${parameter}' is missing for RequestName='${customApi}'`);
}

/** A valid token of an application that is no user here. */
export function notAMember(): Answer {
  return errorAnswer(403, '0x80072560', 'The user is not a member of the organization.');
}

export function withoutRoles(userId: string): Answer {
  return errorAnswer(403, '0x80042f09', `The user (Id = ${userId}) has not been assigned any roles.`);
}

/** Deactivated by an administrator. The code is documented, the status is from memory. */
export function disabledUser(userId: string): Answer {
  return errorAnswer(403, '0x80040225', `The specified user(Id = ${userId}) is disabled. Consider enabling this user.`);
}

/** The documented words end at `privilege`; the part in parentheses differs between versions. */
export function lacksPrivilege(privilege: string, { userId, privileges }: Caller, source: TableSource): Answer {
  const id = source.rows('privilege').find(({ name }) => name === privilege)?.privilegeid ?? '';
  const user = `Principal user (Id=${userId}, type=8, privilegeCount=${privileges.size})`;
  return errorAnswer(403, '0x80040220', `${user} is missing ${privilege} privilege (Id=${id})`);
}

export function tooLarge(): Answer {
  return errorAnswer(413, '0x8004418a', 'The request message is too long.');
}

export function unsupportedContent(contentType: string): Answer {
  return errorAnswer(415, '0x0', `The content type '${contentType}' is not supported; send application/json.`);
}

/** Any other failure: a fault of the emulator, not an ordered one. */
export function unexpected(status: number): Answer {
  return errorAnswer(status, '0x80040216', 'An unexpected error occurred.');
}
