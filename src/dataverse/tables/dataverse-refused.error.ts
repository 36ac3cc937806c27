/** What Dataverse answered when it refused a request. */
export interface Refusal {
  /** Method and path of the request, `POST customapis`. */
  readonly request: string;
  readonly status: number;
  /** In the form 0x8004a001, or null where it gave none. */
  readonly code: string | null;
  /** Dataverse's own words, shortened; null where it gave none. */
  readonly text: string | null;
  /** What Microsoft's support asks for. */
  readonly serviceRequestId: string | null;
}

/** Dataverse understood a request and refused it; the request changed nothing. */
export class DataverseRefusedError extends Error {
  override readonly name = 'DataverseRefusedError';
  readonly status: number;
  readonly code: string | null;
  readonly text: string | null;

  constructor(readonly refusal: Refusal) {
    super(inWords(refusal));
    this.status = refusal.status;
    this.code = refusal.code;
    this.text = refusal.text;
  }
}

function inWords({ request, status, code, text, serviceRequestId }: Refusal): string {
  const said = text === null ? '' : `: ${text}`;
  const support = serviceRequestId === null ? '' : ` (service request ${serviceRequestId})`;
  return `Dataverse refused ${request} with HTTP ${status}${code === null ? '' : `, ${code}`}${said}${support}`;
}
