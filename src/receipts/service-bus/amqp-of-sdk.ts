import { createRequire } from 'node:module';

/** Loads the libraries below the SDK: the same instances that the SDK uses, wherever it is installed. */
export function amqpOfSdk(): NodeJS.Require {
  const sdk = createRequire(createRequire(import.meta.url).resolve('@azure/service-bus'));
  return createRequire(sdk.resolve('@azure/core-amqp'));
}
