import type { Step } from '../pipeline.js';

/** Of a call's parameters, in a batch as by themselves. */
export const JSON_CONTENT = 'application/json; charset=utf-8';

/**
 * What Dataverse expects with every request. Left out on purpose: `MSCRM.SuppressCallbackRegistrationExpanderJob` and
 * the bypass headers would keep the very flows and plug-ins from running that the event is for.
 */
const HEADERS = {
  Accept: 'application/json',
  'OData-MaxVersion': '4.0',
  'OData-Version': '4.0',
  'If-None-Match': 'null',
  'User-Agent': 'business-events-gateway',
};

export const addODataHeaders: Step = (request, next) => {
  const contentType = request.body === null ? {} : { 'Content-Type': JSON_CONTENT };
  return next({ ...request, headers: { ...HEADERS, ...contentType, ...request.headers } });
};
