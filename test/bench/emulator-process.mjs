// The emulator with scaled-down limits, as many application users as asked for, and an account of what it let pass.
import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { customApiFor } from '../../dist/contract/custom-api.js';
import { Emulator } from '../../dist/emulator/emulator.js';
import { purchaseDefinition } from './contract.mjs';
import { accountOf } from './limit-account.mjs';

const { BENCH_CA, BENCH_USERS, BENCH_LIMITS } = process.env;
const limits = JSON.parse(BENCH_LIMITS);
const definition = await purchaseDefinition();
const emulator = await Emulator.start({
  applicationUsers: JSON.parse(BENCH_USERS),
  customApis: [customApiFor(definition, 'contoso')],
  limits: { executionTimeMs: null, concurrency: null, ...limits },
  receivedCap: 1_000_000,
});
writeFileSync(BENCH_CA, emulator.caCertificate);

const LOOK_EVERY_MS = 100;

// A number and client ids: says COMPLETE once these had so many calls taken; `?`: the account.
process.stdin.on('data', async (chunk) => {
  const word = String(chunk).trim();
  if (word === '?') {
    const { newest } = emulator.earlyCalls();
    process.stdout.write(`ACCOUNT ${JSON.stringify(accountOf(emulator.requests(), newest, limits))}\n`);
  } else {
    const [calls, ...users] = word.split(' ');
    const taken = () => emulator.received().filter(({ applicationUser }) => users.includes(applicationUser)).length;
    while (taken() < Number(calls)) await setTimeout(LOOK_EVERY_MS);
    process.stdout.write('COMPLETE\n');
  }
});
process.stdout.write(`${emulator.url}\n`);
