import fc from 'fast-check';

/**
 * One seed for every property test, so that a run that failed can be repeated and one that passed stays so. To look
 * further: `PROPERTY_SEED=random npm test`, or a number of your own; a failure prints its seed.
 */
const { PROPERTY_SEED = '20261122' } = process.env;

if (PROPERTY_SEED !== 'random') fc.configureGlobal({ seed: Number(PROPERTY_SEED) });
