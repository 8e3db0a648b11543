/**
 * `count.mjs RESULT STATUS`: first line "passed failed" of a runner, then what was skipped and why. Reads Jest's JSON and
 * {"passed":n,"failed":n,"skipped":["name: reason"]}. A skip without a reason, a missing result and a runner that
 * ended badly without naming a failure each count as failed.
 */
import { existsSync, readFileSync } from 'node:fs';

const [file, status] = process.argv.slice(2);
const lines = [];
let passed = 0;
let failed = 0;

function skip(name) {
  const reasoned = /: \S/.test(name);
  lines.push(`${reasoned ? 'skipped' : 'skipped without a reason'}: ${name}`);
  if (!reasoned) failed++;
}

if (!existsSync(file)) {
  failed = 1;
  lines.push('the runner wrote no result');
} else {
  const result = JSON.parse(readFileSync(file, 'utf8'));
  if (Array.isArray(result.testResults)) {
    passed = result.numPassedTests;
    failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    for (const suite of result.testResults) {
      for (const test of suite.assertionResults)
        if (['pending', 'todo', 'disabled'].includes(test.status)) skip(test.fullName);
    }
  } else {
    ({ passed, failed } = result);
    for (const name of result.skipped ?? []) skip(name);
  }
  if (failed === 0 && Number(status) !== 0) {
    failed = 1;
    lines.push(`the runner ended with code ${status}`);
  }
}
process.stdout.write(`${passed} ${failed}\n${lines.join('\n')}\n`);
