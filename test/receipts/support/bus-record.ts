import {
  type DeadLetterReason,
  ListenerJournal,
  type ListenerState,
  type SettlementWord,
} from '../../../src/receipts/service-bus/listener-journal.js';

/** Keeps what a listener tells of itself. */
export class BusRecord extends ListenerJournal {
  readonly states: ListenerState[] = [];
  readonly setAside: { readonly reason: DeadLetterReason; readonly detail: string }[] = [];
  readonly lost: { readonly settlement: SettlementWord; readonly detail: string }[] = [];
  readonly failures: unknown[] = [];

  get kind(): ListenerState['kind'] | undefined {
    return this.states.at(-1)?.kind;
  }

  /** The causes of being down, each once, in their order. */
  get causes(): readonly string[] {
    return [...new Set(this.states.flatMap((state) => (state.kind === 'down' ? [state.cause] : [])))];
  }

  override changed(_source: string, state: ListenerState): void {
    this.states.push(state);
  }

  override deadLettered(_source: string, reason: DeadLetterReason, detail: string): void {
    this.setAside.push({ reason, detail });
  }

  override unsettled(_source: string, settlement: SettlementWord, detail: string): void {
    this.lost.push({ settlement, detail });
  }

  override failed(_source: string, error: unknown): void {
    this.failures.push(error);
  }
}
