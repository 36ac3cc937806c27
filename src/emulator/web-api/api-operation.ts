import type { Caller } from './access/caller.js';

/** One operation of the Web API, sent by itself or within a `$batch`. */
export interface ApiOperation {
  readonly method: string;
  /** The path below the service root, decoded: `WhoAmI`, `contoso_CustomerPurchase`. */
  readonly segment: string;
  /** Of the Web API, as the address names it: `v9.2`. */
  readonly version: string;
  /** The address as sent. */
  readonly uri: string;
  readonly query: URLSearchParams;
  /** A request header by its lower-case name. */
  readonly header: (name: string) => string | undefined;
  readonly body: Buffer;
}

/** The caller of operations, and the totals of running them. */
export interface ApiWork {
  readonly user: Caller;
  readonly webServer: number;
  /** The service root's origin as the client knows it. */
  readonly origin: string;
  readonly batchId: string | null;
  /** Artificial processing time spent so far. */
  simulatedMs: number;
  /** How many calls were committed. */
  committed: number;
}

const ROOT = /^(?:https?:\/\/[^/?]+)?\/api\/data\/(v9\.[0-2])(?:\/([^?]*))?(?:\?(.*))?$/;

/** Splits an address into version, segment and query; null where it is no address of the Web API. */
export function readAddress(uri: string): Pick<ApiOperation, 'version' | 'segment' | 'query'> | null {
  const match = ROOT.exec(uri);
  if (match === null) return null;
  try {
    const [, version = '', path = '', query = ''] = match;
    const segment = path.endsWith('/') ? path.slice(0, -1) : path;
    return { version, segment: decodeURIComponent(segment), query: new URLSearchParams(query) };
  } catch {
    return null;
  }
}
