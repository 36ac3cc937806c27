import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Creates an empty file, and its folder, readable by this user alone, unless the file exists. Durable when it returns,
 * including its name in the folder. An existing file is not opened: closing it would drop the locks this process holds
 * on it (https://sqlite.org/howtocorrupt.html, section 2.2).
 */
export function createFile(file: string): void {
  createFolder(dirname(file));
  try {
    syncAndClose(openSync(file, 'wx', 0o600));
  } catch (error) {
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) return;
    throw error;
  }
  syncAndClose(openSync(dirname(file), 'r'));
}

/** Step by step: Node's own recursive mkdir never returns where a file system answers ENOENT, as /proc does. */
function createFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(folder);
  createFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    throw error;
  }
  syncAndClose(openSync(parent, 'r'));
}

function syncAndClose(descriptor: number): void {
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
