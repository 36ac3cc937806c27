import { modelSuite } from '../support/model-suite.js';
import { postgresFixture } from '../support/postgres-fixture.js';

modelSuite('PostgreSQL', postgresFixture, 40);
