import { contractSuite } from '../support/contract-suite.js';
import { postgresFixture } from '../support/postgres-fixture.js';

contractSuite('PostgreSQL', postgresFixture);
