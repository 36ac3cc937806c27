/** Chance that can be repeated: the same seed draws the same numbers (sfc32, seeded through splitmix32). */
export class SeededRandom {
  private readonly state: [number, number, number, number];

  constructor(seed: number) {
    let mixed = seed >>> 0;
    const next = () => {
      mixed = (mixed + 0x9e3779b9) >>> 0;
      let word = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
      word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
      return (word ^ (word >>> 15)) >>> 0;
    };
    this.state = [next(), next(), next(), 1];
    for (let round = 0; round < 12; round++) this.word();
  }

  /** From 0 up to, but not including, 1. */
  next(): number {
    return this.word() / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.between(0, items.length - 1)];
    if (item === undefined) throw new Error('there is nothing to pick from');
    return item;
  }

  /** Chance of its own, so that what draws from it does not shift what others draw. */
  fork(): SeededRandom {
    return new SeededRandom(this.word());
  }

  private word(): number {
    let [a, b, c] = this.state;
    const sum = (a + b + this.state[3]) | 0;
    this.state[3] = (this.state[3] + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    [this.state[0], this.state[1], this.state[2]] = [a, b, c];
    return sum >>> 0;
  }
}
