import { StorageError, type StorageErrorCode } from '../../../src/outbox/storage.error.js';

/** Whether a call with these parameters fails. */
type Fails = (...given: unknown[]) => boolean;

/** Makes a port's methods fail on demand: `fails('settle', code)` until `heals('settle')`. */
export class Breakable {
  private readonly broken = new Map<string, { readonly code: StorageErrorCode; readonly when: Fails }>();

  /** Every call, unless `when` picks some. */
  fails(method: string, code: StorageErrorCode, when: Fails = () => true): void {
    this.broken.set(method, { code, when });
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
          const broken = this.broken.get(String(name));
          if (broken?.when(...given) === true) {
            return Promise.reject(new StorageError(broken.code, `${String(name)} failed on purpose`));
          }
          return Reflect.apply(member, target, given) as unknown;
        };
      },
    });
}
