import assert from 'node:assert/strict';
import { commonestSpelling } from '../../../src/inventory/commonestSpelling.ts';

describe('the commonest spelling', () => {
  const cases: [string[], string][] = [
    [[], ''],
    [['github.com'], 'github.com'],
    [['github.com.', 'GitHub.com', 'GitHub.com'], 'GitHub.com'],
    [['github.com.', 'github.com.', 'github.com'], 'github.com.'],
    // As common as one another.
    [['GitHub.com', 'github.com:443', 'github.com.', 'github.com'], 'github.com'],
    [['a.github.com:443', 'A.GitHub.com'], 'A.GitHub.com'],
    [['git.müller.example', 'git.xn--mller-kva.example'], 'git.xn--mller-kva.example'],
    [['github.com:443', 'github.com.'], 'github.com.'],
    [['https://git.example', 'zeta.example:443', 'Git.Example'], 'Git.Example'],
    [['B.example', 'b.EXAMPLE'], 'B.example'],
    [['Not a Host', 'not a host'], 'not a host'],
  ];
  for (const [hosts, expected] of cases) {
    it(`of ${hosts.join(', ')} is ${expected}, in whatever order`, () => {
      assert.equal(commonestSpelling(hosts), expected);
      assert.equal(commonestSpelling(hosts.toReversed()), expected);
    });
  }
});
