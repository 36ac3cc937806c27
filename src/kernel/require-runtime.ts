const OLDEST = 24;

/** Ends the process with a sentence where Node is too old: what would follow is a stack trace about `node:sqlite`. */
export function requireRuntime(): void {
  const { version } = process;
  if (Number(version.slice(1).split('.')[0]) >= OLDEST) return;
  process.stderr.write(
    `The gateway needs Node ${OLDEST} or newer; this is ${version}. ` +
      'Start it through npm (npm start, npm run start:prod, npm run gateway), which brings its own, or install Node 24 LTS.\n',
  );
  process.exit(1);
}
