import { StorageError, type StorageErrorCode } from '../../../src/outbox/storage.error.js';

/** Makes a port's methods fail on demand: `fails('settle', code)` until `heals('settle')`. */
export class Breakable {
  private readonly broken = new Map<string, StorageErrorCode>();

  fails(method: string, code: StorageErrorCode): void {
    this.broken.set(method, code);
  }

  heals(method: string): void {
    this.broken.delete(method);
  }

  readonly wrap = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]) => {
          const code = this.broken.get(String(name));
          if (code !== undefined) return Promise.reject(new StorageError(code, `${String(name)} failed on purpose`));
          return Reflect.apply(member, target, given) as unknown;
        };
      },
    });
}
