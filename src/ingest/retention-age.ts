/** How long a delivered or cancelled event is kept: the setting RETENTION_DAYS. */
export class RetentionAge {
  constructor(private readonly days: number) {}

  /** In milliseconds. */
  get ms(): number {
    return this.days * 86_400_000;
  }
}
