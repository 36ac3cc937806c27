import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Somebody may write between looking and resizing. */
const MAX_TRIES = 50;

/** A disk of its own in memory, whose free room a test can change while it is in use. */
export class SmallDisk {
  private constructor(readonly folder: string) {}

  /** Null where this user may not mount anything. */
  static mount(): SmallDisk | null {
    const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
    const { status } = mount('-t', 'tmpfs', '-o', 'size=2g', 'tmpfs', folder);
    if (status === 0) return new SmallDisk(folder);
    rmdirSync(folder);
    return null;
  }

  /** Leaves so many bytes free, give or take what is written meanwhile: what is in use is never cut off. */
  leaveFree(bytes: number): void {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const { blocks, bfree, bsize } = statfsSync(this.folder);
      const size = (blocks - bfree) * bsize + bytes;
      if (mount('-o', `remount,size=${Math.ceil(size / 1024)}k`, this.folder).status === 0) return;
    }
    throw new Error(`${this.folder} could not be resized`);
  }

  unmount(): void {
    spawnSync('/bin/umount', ['--lazy', this.folder]);
    rmdirSync(this.folder);
  }
}

function mount(...args: readonly string[]) {
  return spawnSync('/bin/mount', args, { encoding: 'utf8' });
}
