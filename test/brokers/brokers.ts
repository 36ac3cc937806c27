/**
 * `npm run brokers`: the Service Bus listener with the SDK, and the emulator's posts, against an AMQP 1.0 broker that
 * somebody else wrote: Apache Qpid Broker-J. It comes through Maven once and is kept. Without Java this says that it is
 * skipped. Exits with 1 where a claim does not hold.
 */
import 'reflect-metadata';
import { CLAIMS } from './claims.js';
import { installBroker, missingForBroker } from './support/install-broker.js';
import { Scene } from './support/scene.js';

process.exitCode = await everyClaim();

async function everyClaim(): Promise<number> {
  const reason = missingForBroker();
  if (reason !== null) {
    say(`brokers: SKIPPED, ${reason}`);
    return 0;
  }
  const jars = await installBroker();
  let failed = 0;
  for (const [claim, hold] of Object.entries(CLAIMS)) {
    const begin = performance.now();
    try {
      await holds(hold, jars);
      say(`passed: ${claim} (${Math.round(performance.now() - begin)} ms)`);
    } catch (error) {
      failed += 1;
      say(`FAILED: ${claim}\n${error instanceof Error ? (error.stack ?? error.message) : error}`);
    }
  }
  say(`brokers: ${Object.keys(CLAIMS).length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function holds(claim: (scene: Scene) => Promise<void>, jars: string): Promise<void> {
  const scene = await Scene.set(jars);
  try {
    await claim(scene);
  } finally {
    await scene.clear();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
