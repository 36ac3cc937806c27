import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

  /** Leaves so many bytes free, give or take a page. */
  leaveFree(bytes: number): void {
    const { blocks, bfree, bsize } = statfsSync(this.folder);
    const size = (blocks - bfree) * bsize + bytes;
    const { status, stderr } = mount('-o', `remount,size=${Math.ceil(size / 1024)}k`, this.folder);
    if (status !== 0) throw new Error(`the small disk could not be resized: ${stderr}`);
  }

  unmount(): void {
    spawnSync('umount', ['--lazy', this.folder]);
    rmdirSync(this.folder);
  }
}

function mount(...args: readonly string[]) {
  return spawnSync('mount', args, { encoding: 'utf8' });
}
