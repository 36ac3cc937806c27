/** What the failure of a system job means, and what to do about it. */
export interface JobFailure {
  /** In the form 0x80050201; null where the job has none. */
  readonly code: string | null;
  readonly meaning: string;
  readonly advice: string;
}

/**
 * An `errorcode` in words. Dataverse keeps codes as signed 32-bit numbers. An event that a gateway's receiver misses is
 * not lost.
 */
export function jobFailureOf(
  errorCode: number | null,
  { isOfReceiver }: { readonly isOfReceiver: boolean },
): JobFailure {
  if (errorCode === null || errorCode === 0) return { code: null, ...UNKNOWN };
  const code = `0x${(errorCode >>> 0).toString(16).padStart(8, '0')}`;
  const known = KNOWN[code] ?? UNKNOWN;
  const { meaning, isFinal = false } = known;
  const advice = isOfReceiver ? (known.adviceOfReceiver ?? known.advice) : known.advice;
  if (!isFinal) return { code, meaning, advice };
  return { code, meaning, advice: `${advice} ${isOfReceiver ? UNCONFIRMED : NOT_AGAIN}` };
}

interface KnownFailure {
  readonly meaning: string;
  readonly advice: string;
  /** The advice for the gateway's own receiver, which no endpoints file describes, where it differs. */
  readonly adviceOfReceiver?: string;
  /** Whether a person has to mend something, after which Dataverse still does not send those events again. */
  readonly isFinal?: true;
}

const UNKNOWN: KnownFailure = {
  meaning: 'Dataverse gave no reason that is known here',
  advice: "Open the system job in the environment's settings: its details say more.",
};

const NOT_AGAIN =
  'Dataverse does not deliver these events again: replay them once it works, if every receiver drops repeats by EventId.';

const UNCONFIRMED =
  'The events were raised all the same and stay unconfirmed: their receipts are not sent again, and nothing has to be replayed.';

/** Source: "Web service error codes" of Microsoft's documentation; limits and repeats: "Use webhooks", "Azure integration". */
const KNOWN: Readonly<Record<string, KnownFailure>> = {
  '0x80050201': {
    meaning: 'the receiver answered with a status that is no success (after one more try where it was 502, 503 or 504)',
    advice: "Look into the receiver's log; 401 and 403 mean a wrong key: correct it and apply with --write-secrets.",
    isFinal: true,
  },
  '0x80050202': {
    meaning: 'the receiver did not answer within 60 s',
    advice: 'Let the receiver answer first and work afterwards.',
    isFinal: true,
  },
  '0x80050203': {
    meaning: 'the configured headers cannot be sent',
    advice: 'Correct authentication.headers in the endpoints file and apply with --write-secrets.',
    adviceOfReceiver:
      'Correct headers in HOOK_AUTH_FILE, restart the gateway, and apply with --receiver and --write-secrets.',
    isFinal: true,
  },
  '0x80050204': {
    meaning: 'the configured query parameters cannot be sent',
    advice: 'Correct authentication.parameters in the endpoints file and apply with --write-secrets.',
    adviceOfReceiver:
      'Correct parameters in HOOK_AUTH_FILE, restart the gateway, and apply with --receiver and --write-secrets.',
    isFinal: true,
  },
  '0x80050205': {
    meaning: 'no connection to the receiver came about',
    advice: 'It has to be reachable from the internet, with a certificate of a public authority.',
    isFinal: true,
  },
  '0x80050206': {
    meaning: 'posting to webhooks is disabled',
    advice: 'Ask the administrator of the environment, or Microsoft support, why.',
  },
  '0x80050207': {
    meaning: 'the event is larger than the 256 KB a webhook takes',
    advice: 'Make the event smaller: ids and what was decided, no data to be transferred.',
  },
  '0x80044175': {
    meaning: 'Azure refused the message or could not be reached',
    advice:
      'Look whether the queue, topic or hub exists and the shared access key may send; apply with --write-secrets.',
  },
  '0x80044179': {
    meaning: 'posting to Azure was postponed',
    advice: 'Dataverse tries again by itself, at growing intervals.',
  },
  '0x8004417a': {
    meaning: 'posting to Azure is disabled',
    advice: 'Ask the administrator of the environment, or Microsoft support, why.',
  },
  '0x80050208': {
    meaning: 'the event is larger than the 192 KB Azure takes from Dataverse',
    advice: 'Make the event smaller: ids and what was decided, no data to be transferred.',
  },
  '0x80081112': {
    meaning: 'Azure is not configured for this environment',
    advice: 'Check the namespace, path and shared access key of the endpoint, and apply with --write-secrets.',
  },
};
