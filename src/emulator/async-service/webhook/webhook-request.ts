import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { Row } from '../../tables/table-definition.js';
import type { UnconfirmedPoints } from '../../unconfirmed-points.js';
import type { PostFacts, PostFailure } from '../endpoint-post.js';
import type { FittedContext } from '../strip-context.js';
import { readSettings, type Setting } from './read-settings.js';
import { webhookFailure } from './webhook-failures.js';

/** A webhook's request, before routes are applied to its address. */
export interface WebhookRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** Of which endpoint, and what about. */
export interface WebhookOccasion {
  readonly endpoint: Row;
  readonly facts: PostFacts;
  readonly fitted: FittedContext;
}

type ReadRequest =
  | { readonly kind: 'request'; readonly request: WebhookRequest }
  | { readonly kind: 'failed'; readonly failure: PostFailure };

const WEBHOOK_KEY = 4;
const HTTP_HEADER = 5;

/** The address and headers of a post, by the endpoint's columns, or why it cannot be sent. */
export function webhookRequest(occasion: WebhookOccasion, points: UnconfirmedPoints): ReadRequest {
  const { url, authtype, authvalue } = occasion.endpoint;
  const address = URL.canParse(`${url}`) ? new URL(`${url}`) : null;
  if (address === null) return failed(webhookFailure('request-failed', 'The URL of the endpoint is none.'));
  const headers = platformHeaders(occasion, points);
  if (authtype === WEBHOOK_KEY) return read(withQuery(address, [['code', `${authvalue ?? ''}`]]), headers);
  const settings = readSettings(`${authvalue ?? ''}`);
  if (authtype === HTTP_HEADER) {
    if (settings === null || !settings.every(isHeader)) return failed(webhookFailure('headers', ''));
    return read(address, { ...Object.fromEntries(settings), ...headers });
  }
  return settings === null
    ? failed(webhookFailure('query-parameters', ''))
    : read(withQuery(address, settings), headers);
}

function platformHeaders({ facts, fitted }: WebhookOccasion, points: UnconfirmedPoints): Record<string, string> {
  const { webhookContentType, webhookEntityName, sizeExceededValue } = points;
  return {
    'content-type': webhookContentType,
    'x-ms-dynamics-organization': facts.organization,
    ...(webhookEntityName === null ? {} : { 'x-ms-dynamics-entity-name': webhookEntityName }),
    'x-ms-dynamics-request-name': facts.requestName,
    'x-ms-correlation-request-id': facts.correlationId,
    ...(fitted.stripped ? { 'x-ms-dynamics-msg-size-exceeded': sizeExceededValue } : {}),
    'content-length': `${Buffer.byteLength(fitted.text)}`,
  };
}

/** Parameters that the address has already stay as they are. */
function withQuery(address: URL, settings: readonly Setting[]): URL {
  const query = settings.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  const url = new URL(address);
  url.search = [url.search.replace(/^\?/, ''), query].filter((part) => part !== '').join('&');
  return url;
}

function isHeader([name, value]: Setting): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function read(url: URL, headers: Readonly<Record<string, string>>): ReadRequest {
  return { kind: 'request', request: { url, headers } };
}

function failed(failure: PostFailure): ReadRequest {
  return { kind: 'failed', failure };
}
