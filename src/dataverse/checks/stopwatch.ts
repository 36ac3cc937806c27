/** Starts; the function it returns tells how many whole milliseconds have passed. */
export function stopwatch(): () => number {
  const begun = performance.now();
  return () => Math.round(performance.now() - begun);
}
