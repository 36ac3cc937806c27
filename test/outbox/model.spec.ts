import { openInThisThread } from './support/in-thread-fixture.js';
import { modelSuite } from './support/model-suite.js';

modelSuite('SQLite in memory', () => openInThisThread('owner'), 100);
