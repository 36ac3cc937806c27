import { type CustomApi, type RequestParameter } from '../../contract/custom-api.js';
import type { RegisteredApi, RegisteredParameter } from './registered-api.js';
import type { Remark } from './remark.js';

/**
 * How an imported definition and its custom API still differ, because events have rules of their own; what `plan` will
 * do about it, and what that means for others.
 */
export function whatPlanWillSay(api: RegisteredApi, wished: CustomApi): readonly Remark[] {
  if (api.kind === 'process-action') return [besideTheAction(api, wished)];
  const known = new Map(api.parameters.map((parameter) => [parameter.uniqueName, parameter]));
  const { requestParameters } = wished;
  const missing = requestParameters.filter(({ uniqueName }) => !known.has(uniqueName));
  const different = requestParameters.flatMap((parameter) => {
    const registered = known.get(parameter.uniqueName);
    return registered === undefined ? [] : differences(parameter, registered);
  });
  return [...ofApi(api), ...ofMissing(api, missing), ...different, ...ofNames(api, requestParameters)];
}

function besideTheAction({ uniqueName }: RegisteredApi, wished: CustomApi): Remark {
  return {
    about: uniqueName,
    what: `it stays a process action; \`plan\` will create the custom API ${wished.uniqueName} beside it`,
    why: 'A message name belongs to one of them, and nothing makes a process action Async Only or gives it an envelope.',
    advice: 'Let flows and other callers move to the new one, then deactivate the process action.',
  };
}

function ofApi(api: RegisteredApi): readonly Remark[] {
  const remarks: Remark[] = [];
  const say = (what: string, why: string, advice: string) => remarks.push({ about: api.uniqueName, what, why, advice });
  if (api.stepType !== 1) {
    const allowed = api.stepType === 0 ? 'no steps at all' : 'synchronous steps';
    say(
      `it allows ${allowed}; \`plan\` will want to recreate it as Async Only`,
      'allowedcustomprocessingsteptype is immutable; an event has to let others listen, and nobody hold it up.',
      'Recreating loses the steps and flows of others. A new version beside it costs nobody anything: set version: 2, without messageName.',
    );
  }
  if (api.isWorkflowStep) {
    say(
      'it is enabled as a workflow step; `plan` will want to recreate it without',
      'workflowsdkstepenabled is immutable; an event is published by the gateway, not by workflows.',
      'See which workflows call it before `apply` does so.',
    );
  }
  if (api.isPrivate) {
    say(
      'it is private; `plan` will make it public',
      'Private messages are hidden from $metadata and from those who look for events.',
      'Nothing has to be done.',
    );
  }
  if (api.isManaged) {
    say(
      'it belongs to a managed solution',
      '`apply` cannot change what another solution brought; `plan` tells where it differs.',
      'Have it changed in the solution it comes from.',
    );
  }
  return remarks;
}

/** Only the envelope can be missing: the rest of the definition comes from the registered API. */
function ofMissing({ uniqueName }: RegisteredApi, missing: readonly RequestParameter[]): readonly Remark[] {
  if (missing.length === 0) return [];
  const isOne = missing.length === 1;
  return [
    {
      about: missing.map(({ uniqueName }) => uniqueName).join(', '),
      what: isOne
        ? "it is missing; `plan` will take the custom API for somebody else's"
        : "they are missing; `plan` will take the custom API for somebody else's",
      why: 'Every event carries them, so that subscribers know it again and where and when it happened. They are required: callers that do not send them would be refused from then on.',
      advice: `Where others call this API, declare the event beside it: another messageName, or version: 2. Where nobody does, \`apply --take-over ${uniqueName} --recreate ${uniqueName}\` adds ${isOne ? 'it' : 'them'}.`,
    },
  ];
}

function ofNames(
  { uniqueName, name, parameters }: RegisteredApi,
  wished: readonly RequestParameter[],
): readonly Remark[] {
  const carried = new Set(wished.map((parameter) => parameter.uniqueName));
  const renamed = [
    ...(name === uniqueName ? [] : [uniqueName]),
    ...parameters
      .filter(
        (parameter) => carried.has(parameter.uniqueName) && parameter.name !== `${uniqueName}.${parameter.uniqueName}`,
      )
      .map((parameter) => parameter.uniqueName),
  ];
  if (renamed.length === 0) return [];
  const why = 'It is what makers see in a solution; nobody calls by it.';
  return [
    {
      about: renamed.join(', '),
      what: 'the name is another; `plan` will set it',
      why,
      advice: 'Nothing has to be done.',
    },
  ];
}

function differences(wished: RequestParameter, registered: RegisteredParameter): readonly Remark[] {
  const fixed = [
    ...(wished.type === registered.type ? [] : [`type ${registered.type}, not ${wished.type}`]),
    ...(wished.isOptional === registered.isOptional ? [] : [registered.isOptional ? 'optional' : 'required']),
    ...(wished.logicalEntityName === registered.logicalEntityName ? [] : [`of ${registered.logicalEntityName}`]),
  ];
  const { uniqueName: about } = wished;
  if (fixed.length > 0) {
    return [
      {
        about,
        what: `it is ${fixed.join(' and ')}; \`plan\` will want to recreate it`,
        why: 'These columns of a parameter are immutable, and every event carries it in one way.',
        advice: 'Other callers have to send it the new way from then on; tell them before `apply`.',
      },
    ];
  }
  const isAlike = wished.displayName === registered.displayName && wished.description === registered.description;
  if (isAlike) return [];
  return [
    {
      about,
      what: 'its display name or description is another; `plan` will set it',
      why: 'Every event type has the same envelope, described in the same words; other texts must not be empty.',
      advice: 'Nothing has to be done.',
    },
  ];
}
