import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FolderNotUsableError } from '../folder-not-usable.error.js';

/** What stands in the file. */
interface Kept {
  readonly isHeld: boolean;
  readonly webhookRoutes: Readonly<Record<string, string>>;
}

/**
 * The webhook routes, and whether posts are held, in a file of the folder, written with each change. So jobs that
 * outlive their process are not posted to a real address, and not before somebody releases them.
 */
export class AsyncFile {
  readonly #path: string;
  #kept: Kept = { isHeld: false, webhookRoutes: {} };

  /** Throws a `FolderNotUsableError` where the file is none of an emulator. */
  constructor(folder: string) {
    this.#path = join(folder, 'async-service.json');
    if (!existsSync(this.#path)) return;
    try {
      this.#kept = keptIn(JSON.parse(readFileSync(this.#path, 'utf8')));
    } catch (cause) {
      throw new FolderNotUsableError(
        `${this.#path} does not say where webhooks lead. Delete it to start without routes: jobs that wait are posted to the addresses of their endpoints then.`,
        { cause },
      );
    }
  }

  get isHeld(): boolean {
    return this.#kept.isHeld;
  }

  get webhookRoutes(): readonly (readonly [from: string, to: string])[] {
    return Object.entries(this.#kept.webhookRoutes);
  }

  keepHold(isHeld: boolean): void {
    this.#save({ ...this.#kept, isHeld });
  }

  keepRoutes(routes: ReadonlyMap<string, string>): void {
    this.#save({ ...this.#kept, webhookRoutes: Object.fromEntries(routes) });
  }

  /** If writing fails, standard error tells; the change is effective as long as the process runs. */
  #save(kept: Kept): void {
    if (JSON.stringify(kept) === JSON.stringify(this.#kept)) return;
    this.#kept = kept;
    try {
      writeFileSync(`${this.#path}.next`, `${JSON.stringify(kept)}\n`);
      renameSync(`${this.#path}.next`, this.#path);
    } catch (error) {
      process.stderr.write(`${this.#path} could not be written: ${(error as Error).message}\n`);
    }
  }
}

/** Throws where something is missing: jobs that may be held must not be posted on a guess. */
function keptIn(parsed: Partial<Kept> | null): Kept {
  const { isHeld, webhookRoutes } = parsed ?? {};
  const isRecord = typeof webhookRoutes === 'object' && webhookRoutes !== null && !Array.isArray(webhookRoutes);
  if (typeof isHeld !== 'boolean' || !isRecord) throw new TypeError('isHeld or webhookRoutes is missing');
  if (!Object.values(webhookRoutes).every((to) => typeof to === 'string')) throw new TypeError('a route is no text');
  return { isHeld, webhookRoutes };
}
