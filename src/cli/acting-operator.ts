import { hostname, userInfo } from 'node:os';

/** Who runs this command, as the audit names it: `cli:<login>@<host>`. */
export function actingOperator(): string {
  return `cli:${printable(login())}@${printable(hostname())}`;
}

/** Containers run as users without a name. */
function login(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}

function printable(name: string): string {
  return name.replace(/\p{C}/gu, '?').slice(0, 100);
}
