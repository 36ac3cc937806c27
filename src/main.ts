import 'reflect-metadata';
import { requireRuntime } from './kernel/require-runtime.js';

requireRuntime();
const { describeStartFailure } = await import('./describe-start-failure.js');
const { serve } = await import('./serve.js');
try {
  process.exit(await serve());
} catch (error) {
  const { message, exitCode } = describeStartFailure(error);
  process.stderr.write(`${message}\n`);
  process.exit(exitCode);
}
