import type { Answer } from './answer-reader.js';
import { Connection } from './connection.js';
import type { FuzzCase, Step } from './fuzz-case.js';
import { breaches } from './general-rules.js';
import type { World } from './world.js';

/** Something that breaks the contract, and how to see it again. */
interface Finding {
  readonly index: number;
  readonly name: string;
  readonly detail: string;
}

/** A campaign in figures. */
export interface Campaign {
  /** How many were sent, whatever came back. */
  readonly requests: number;
  readonly seconds: number;
  /** Cases by class. */
  readonly cases: Readonly<Record<string, number>>;
  /** Answers with a 5xx, and requests that got none where one is due. */
  readonly unexpected: number;
  /** Answers by status; 0 where none came. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

interface Options {
  readonly port: number;
  readonly world: World;
  readonly draw: (index: number) => FuzzCase;
  /** Ends once so many were sent. */
  readonly requests: number;
  readonly connections: number;
  readonly onProgress?: (requests: number) => void;
}

type Abuse = FuzzCase & { readonly kind: 'abuse' };

/** More than anybody reads: after so many a campaign ends. */
const MOST_FINDINGS = 50;
const PROGRESS_EVERY = 50_000;

/** Sends cases over several connections at once, and judges every answer. */
export async function runCampaign(options: Options): Promise<Campaign> {
  const startedAt = performance.now();
  const run = new Run(options);
  await Promise.all(Array.from({ length: options.connections }, () => run.work(new Connection(options.port))));
  const { requests, unexpected, cases, statuses, findings } = run;
  return {
    requests,
    unexpected,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    cases: sorted(cases),
    statuses: sorted(statuses),
    findings: findings.sort((a, b) => a.index - b.index),
  };
}

class Run {
  requests = 0;
  unexpected = 0;
  readonly cases = new Map<string, number>();
  readonly statuses = new Map<string, number>();
  readonly findings: Finding[] = [];
  private index = 0;

  constructor(private readonly options: Options) {}

  async work(connection: Connection): Promise<void> {
    while (this.requests < this.options.requests && this.findings.length < MOST_FINDINGS) {
      const index = this.index++;
      const fuzzCase = this.options.draw(index);
      count(this.cases, fuzzCase.name);
      const details = await this.send(connection, fuzzCase);
      this.findings.push(...details.map((detail) => ({ index, name: fuzzCase.name, detail })));
    }
    connection.close();
  }

  private async send(connection: Connection, fuzzCase: FuzzCase): Promise<readonly string[]> {
    try {
      return fuzzCase.kind === 'exchange'
        ? await this.exchange(connection, fuzzCase.step)
        : await this.abuse(connection, fuzzCase);
    } catch (error) {
      // Answers that are no HTTP: nothing behind them on this connection can be told apart.
      connection.close();
      return [String(error)];
    }
  }

  private async abuse(
    connection: Connection,
    { pieces, asksNothing = false, judge }: Abuse,
  ): Promise<readonly string[]> {
    this.noteRequest();
    const { answers, ending, isWhole } = await connection.abuse(pieces);
    for (const answer of answers) this.note(answer);
    if (answers.length === 0 && !asksNothing) this.note(null);
    const { contract } = this.options.world;
    return [
      ...(answers.length === 0 && !asksNothing ? [`no answer (${ending}) to ${shown(Buffer.concat(pieces))}`] : []),
      ...(ending === 'silent' ? [`not closed behind ${shown(Buffer.concat(pieces))}`] : []),
      ...(isWhole ? [] : ['half an answer']),
      ...answers.flatMap((answer) => breaches(contract, { operation: null, method: 'GET' }, answer)),
      ...judge(answers),
    ];
  }

  private async exchange(connection: Connection, first: Step): Promise<readonly string[]> {
    const { contract } = this.options.world;
    const details: string[] = [];
    for (let step: Step | null = first; step !== null; ) {
      const { bytes, method, operation, judge, next }: Step = step;
      this.noteRequest();
      const answer = await connection.exchange(bytes, method);
      if (typeof answer === 'string') {
        this.note(null);
        return [...details, `no answer (${answer}) to ${shown(bytes)}`];
      }
      this.note(answer);
      const known = operation === null ? null : contract.operation(operation);
      details.push(...breaches(contract, { operation: known, method }, answer), ...judge(answer));
      step = details.length === 0 ? (next?.(answer) ?? null) : null;
    }
    return details;
  }

  private noteRequest(): void {
    this.requests++;
    if (this.requests % PROGRESS_EVERY === 0) this.options.onProgress?.(this.requests);
  }

  private note(answer: Answer | null): void {
    if (answer === null || answer.status >= 500) this.unexpected++;
    count(this.statuses, String(answer?.status ?? 0));
  }
}

function shown(bytes: Buffer): string {
  return JSON.stringify(bytes.toString('latin1', 0, 300));
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
