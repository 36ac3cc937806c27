import { contractSuite } from './support/contract-suite.js';
import { openInThisThread } from './support/in-thread-fixture.js';

/** As tests of mutants need it: what runs in a thread of its own leaves no trace of who covers it. */
contractSuite('SQLite in memory, in the thread of the test', () => openInThisThread('owner'));
contractSuite('SQLite in memory, as a guest has it', () => openInThisThread('guest'));
