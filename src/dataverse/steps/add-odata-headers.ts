import type { Step } from '../pipeline.js';

/**
 * What Dataverse expects with every request. Left out for good: `MSCRM.SuppressCallbackRegistrationExpanderJob` and
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
  const contentType = request.body === null ? {} : { 'Content-Type': 'application/json; charset=utf-8' };
  return next({ ...request, headers: { ...request.headers, ...HEADERS, ...contentType } });
};
