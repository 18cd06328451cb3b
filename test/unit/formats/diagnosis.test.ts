import assert from 'node:assert/strict';
import {
  type Diagnosis,
  type DiagnosisBlock,
  diagnosisText,
  MAX_DIAGNOSIS_LENGTH,
} from '../../../src/formats/diagnosis.ts';

function textOf(blocks: readonly DiagnosisBlock[], lines: Diagnosis['lines'] = []): string {
  return diagnosisText(
    { heading: 'Diagnosis', lines, blocks },
    ({ runners, integrations }) => `Left out: ${runners}, ${integrations}`,
  );
}

function blockOf(text: string, heading?: string): DiagnosisBlock {
  const lines = [{ text }];
  return {
    describe: () => ({ lines, ...(heading !== undefined && { heading }) }),
    runners: 0,
    integrations: 1,
  };
}

describe('a diagnosis as Markdown', () => {
  it('has a heading, and lists within lists', () => {
    assert.equal(
      textOf(
        [blockOf('a', 'First'), blockOf('b')],
        [{ text: 'x', lines: [{ text: 'y', lines: [{ text: 'z' }] }] }],
      ),
      '## Diagnosis\n\n- x\n  - y\n    - z\n\n### First\n\n- a\n- b\n',
    );
  });

  it('of very much fits into an issue, and says how much was left out', () => {
    let described = 0;
    const blocks = Array.from({ length: 10_000 }, (_, i): DiagnosisBlock => ({
      describe: () => {
        described++;
        return { heading: `${i}`, lines: [{ text: 'x'.repeat(500) }] };
      },
      runners: i % 2,
      integrations: 1 - (i % 2),
    }));
    const text = textOf(blocks);
    assert.ok(text.length > MAX_DIAGNOSIS_LENGTH - 600 && text.length < 65_536, `${text.length}`);
    const shown = (text.match(/^### /gm) ?? []).length;
    const [, runners, integrations] = /\n\nLeft out: (\d+), (\d+)\n$/.exec(text) ?? [];
    assert.equal(shown + Number(runners) + Number(integrations), 10_000);
    assert.ok(described <= shown + 1, 'what is left out costs nothing');
  });
});
