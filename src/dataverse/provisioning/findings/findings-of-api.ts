import type { Finding } from '../change.js';
import type { CustomApiComparison, ParameterComparison } from '../compare/compare.js';
import { lackedEnvelope } from '../compare/lacked-envelope.js';
import type { DeployedRow } from '../deployed/deployed-state.js';
import { MANAGED_ADVICE } from '../managed-advice.js';
import { findingsOfColumns, type Subject } from './findings-of-columns.js';

/** The findings about one event type's custom API, its parameters and its assignment. */
export function findingsOfApi(comparison: CustomApiComparison): readonly Finding[] {
  const { wished, standing } = comparison;
  const subject: Subject = { component: 'custom-api', name: wished.api.uniqueName, type: wished.type };
  if (standing === null) return [missingApi(subject, comparison.isNameTaken)];
  const { row, differences, parameters, foreignParameters } = standing;
  const isForeign = lackedEnvelope(standing).length > 0;
  const own = [
    ...findingsOfColumns(subject, differences),
    ...parameters.flatMap((parameter) => findingsOfParameter(subject, { ...parameter, isForeign })),
    ...foreignParameters.map((parameter) => foreignParameter(subject, parameter)),
    ...row.responseProperties.map((property) => responseProperty(subject, property)),
  ];
  return [...(row.isManaged ? own.map(managed) : own), ...findingsOfAssignments(subject, comparison)];
}

function missingApi(subject: Subject, isNameTaken: boolean): Finding {
  return {
    ...subject,
    severity: 'breaking',
    what: isNameTaken
      ? `A message ${subject.name} exists, and no custom API of that name can be seen: it is a custom process action's, most likely, or the application user may not read it`
      : `The custom API ${subject.name} does not exist`,
    why: isNameTaken ? "its parameters are not the definition's" : 'every call would be answered 404',
    advice: isNameTaken
      ? 'give the definition another `messageName`, such as On<Event>, or remove what has the name'
      : `\`dataverse apply\` creates it. ${whereItStood(subject.type)}`,
  };
}

/**
 * The custom API's listeners are gone with it: waiting events would be delivered to nobody as soon as it exists again.
 */
function whereItStood(type: Subject['type']): string {
  return `If it stood there before, its steps and the flows that waited for it are cut off: \`gates pause type:${type}\` first, give \`apply\` the --receiver and --endpoints it had, and --execute-privilege <name> where it asked callers for a privilege (without it anybody may call the new one), turn the flows off and on, and \`gates resume type:${type}\` last (docs/operations.md, "A custom API is gone")`;
}

function findingsOfParameter(
  { name, type }: Subject,
  { wished, deployed, differences, isForeign }: ParameterComparison & { readonly isForeign: boolean },
): readonly Finding[] {
  const subject: Subject = { component: 'request-parameter', name: `${name}.${wished.uniqueName}`, type };
  if (deployed !== null) return findingsOfColumns(subject, differences);
  return [
    {
      ...subject,
      severity: 'breaking',
      what: `The parameter ${subject.name} does not exist`,
      why: 'calls that carry it would be refused with 400, and their events would be dead',
      advice: missingAdvice(subject, wished, isForeign),
    },
  ];
}

function missingAdvice({ name }: Subject, { isOptional }: ParameterComparison['wished'], isForeign: boolean): string {
  if (isForeign) {
    const api = name.slice(0, name.indexOf('.'));
    return `it was not made for this event, as it seems: give the definition another \`messageName\` or \`version: 2\`; or \`dataverse apply --take-over ${api} --recreate ${api}\` makes it the event's`;
  }
  if (isOptional) return '`dataverse apply` creates it';
  return '`dataverse apply` creates it, where it is told to with --recreate: events of an older definition are refused from then on';
}

function foreignParameter({ name, type }: Subject, { cells }: DeployedRow): Finding {
  const subject: Subject = { component: 'request-parameter', name: `${name}.${cells.uniquename}`, type };
  if (cells.isoptional === true) {
    return {
      ...subject,
      severity: 'tolerated',
      what: `The parameter ${subject.name} is not of the definition`,
      why: 'others may add optional parameters; the gateway does not send it',
      advice: 'nothing has to be done',
    };
  }
  return {
    ...subject,
    severity: 'breaking',
    what: `The parameter ${subject.name} is required and not of the definition`,
    why: 'the gateway does not send it: every call would be refused with 400, and its event would be dead',
    advice: 'give the definition a field for it in a new version, or let `dataverse apply --recreate` delete it',
  };
}

function responseProperty({ name, type }: Subject, { cells }: DeployedRow): Finding {
  return {
    component: 'response-property',
    name: `${name}.${cells.uniquename}`,
    type,
    severity: 'breaking',
    what: `The custom API ${name} has the response property ${cells.uniquename}`,
    why: 'an external event answers nothing: something has to compute an answer, and could fail',
    advice: '`dataverse apply --recreate` deletes it',
  };
}

function findingsOfAssignments(subject: Subject, comparison: CustomApiComparison): readonly Finding[] {
  const { wished, category, assignment, foreignAssignments } = comparison;
  const assigned: Subject = { ...subject, component: 'catalog-assignment' };
  const others = foreignAssignments.map(
    ({ cells }): Finding => ({
      ...assigned,
      severity: 'tolerated',
      what: `${subject.name} is assigned to another category too ("${cells.name}")`,
      why: 'makers find it there as well; flows may have been made from it',
      advice: 'delete that assignment where it is not meant any more',
    }),
  );
  if (assignment !== null) return [...findingsOfColumns(assigned, assignment.differences), ...others];
  const isPossible = category?.place === 'right';
  return [
    {
      ...assigned,
      severity: 'differing',
      what: `${subject.name} is not assigned to the category ${wished.category}`,
      why: 'makers do not find it there, and "When an action is performed" does not offer it',
      advice: isPossible ? '`dataverse apply` assigns it' : 'first settle where the catalog stands',
    },
    ...others,
  ];
}

/** `apply` cannot change what a managed solution brought. */
function managed(finding: Finding): Finding {
  if (finding.severity === 'tolerated') return finding;
  return {
    ...finding,
    advice: `it is managed: ${MANAGED_ADVICE}`,
  };
}
