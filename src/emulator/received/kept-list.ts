/** The newest items of an endless list, at most `cap` of them, by their sequence. */
export class KeptList<T extends { readonly sequence: number }> {
  #items: T[] = [];
  #first = 0;

  constructor(private readonly cap: number) {}

  push(item: T): void {
    this.#items.push(item);
    if (this.#items.length - this.#first > this.cap) this.#first += 1;
    if (this.#first < 1024 || this.#first * 2 < this.#items.length) return;
    this.#items = this.#items.slice(this.#first);
    this.#first = 0;
  }

  clear(): void {
    this.#items = [];
    this.#first = 0;
  }

  all(): readonly T[] {
    return this.#items.slice(this.#first);
  }

  /** What follows a sequence, oldest first, at most `limit`. */
  after(sequence: number, limit: number): readonly T[] {
    const start = Math.max(this.#first, this.#firstAfter(sequence));
    return this.#items.slice(start, start + limit);
  }

  #firstAfter(sequence: number): number {
    let [low, high] = [this.#first, this.#items.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#items[middle]?.sequence ?? 0) > sequence) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
