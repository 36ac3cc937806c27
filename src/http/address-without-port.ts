const WITH_PORT = /^(?:(\d+\.\d+\.\d+\.\d+)|\[([^\]]*)\])(?::\d{1,5})?$/;

/** An address as `X-Forwarded-For` has it: some proxies (Azure Application Gateway) add the caller's port. Pure. */
export function addressWithoutPort(text: string): string {
  const [, v4, v6] = WITH_PORT.exec(text) ?? [];
  return v4 ?? v6 ?? text;
}
