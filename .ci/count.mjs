// Reads what jest wrote with --json: prints how many tests passed and failed, then the files with failures, a line each.
import { readFileSync } from 'node:fs';

const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const files = testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
// A file that breaks before its first test has no test that failed.
process.stdout.write([`${numPassedTests} ${Math.max(numFailedTests, files.length)}`, ...files, ''].join('\n'));
