/** Ends the server of the test run, if a test had asked for it. */
export default async function tearDown() {
  await globalThis.endSharedPostgres?.();
}
