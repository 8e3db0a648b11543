const { TestEnvironment } = require('jest-environment-node');

/** Node's environment; a step that fails first tells what the browser's pages show (apps/web/e2e/browser.ts). */
module.exports = class extends TestEnvironment {
  async handleTestEvent(event) {
    if (event.name === 'test_fn_failure') await this.global.tellFailure?.(event.test.name);
  }
};
