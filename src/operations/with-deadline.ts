/**
 * The value of a promise, or null when it rejects or takes longer than `deadlineMs`: for probes, which must answer. What
 * came while this process itself was held up has come in time: it is heard before the deadline counts.
 */
export async function withDeadline<T>(promise: Promise<T>, deadlineMs: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => setImmediate(resolve, null), deadlineMs);
  });
  try {
    return await Promise.race([promise, late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
