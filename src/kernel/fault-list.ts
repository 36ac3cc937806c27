import type { InputFault } from './input-fault.js';

/** More faults than a person reads. The bound keeps an answer from outgrowing its request. */
const MAX_FAULTS = 100;

/** Characters of all pointers together: a pointer to a deeply nested unknown member can be long. */
const MAX_POINTERS = 16 * 1024;

/**
 * Collects the faults of one input: as many as are told, and one more, which shows that there are more. The search for
 * faults ends once the list is full, so that the worst input costs no more than a large one.
 */
export class FaultList {
  private readonly found: InputFault[] = [];
  private characters = 0;

  get isFull(): boolean {
    return this.found.length > MAX_FAULTS || this.characters > MAX_POINTERS;
  }

  get faults(): readonly InputFault[] {
    return this.found;
  }

  add(pointer: string, detail: string): void {
    if (this.isFull) return;
    this.found.push({ pointer, detail });
    this.characters += pointer.length;
  }
}

/** The faults that the caller is told: at least the first. */
export function toldOf(faults: readonly InputFault[]): readonly InputFault[] {
  let characters = 0;
  const end = faults.findIndex(({ pointer }, index) => {
    characters += pointer.length;
    return index > 0 && (index >= MAX_FAULTS || characters > MAX_POINTERS);
  });
  return end === -1 ? faults : faults.slice(0, end);
}
