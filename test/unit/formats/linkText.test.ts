import assert from 'node:assert/strict';
import { mentionsExactIds } from '../../../src/formats/integrationMentions.ts';
import { linkForms, linkText } from '../../../src/formats/linkText.ts';

const github = { id: 'i-1', runnerId: 'r-1', host: 'github.com', runnerName: 'eu-production' };
const gitlab = { id: 'i-2', runnerId: 'r-1', host: 'gitlab.acme.example:8443', runnerName: 'eu-production' };

const LINK = 'vscodium://ona-community.ona-scm-integrations/integration';

describe('the text of Copy Link', () => {
  it('is a link to this editor first, and Markdown with a link second', () => {
    assert.deepEqual(linkForms(false), ['link', 'markdownLink']);
    assert.equal(
      linkText([github, gitlab, github], 'link', 'vscodium'),
      `${LINK}/i-1?runner=r-1\n${LINK}/i-2?runner=r-1`,
    );
  });

  it('has no link to an editor in a browser', () => {
    assert.deepEqual(linkForms(true), ['text', 'markdown', 'desktopLink']);
    for (const form of ['text', 'markdown'] as const) {
      assert.doesNotMatch(linkText([github], form, 'code-oss'), /:\/\//);
    }
    assert.equal(
      linkText([github], 'desktopLink', 'code-oss'),
      'vscode://ona-community.ona-scm-integrations/integration/i-1?runner=r-1',
    );
  });

  it('names host, runner and IDs beside the link, one integration per line', () => {
    assert.equal(
      linkText([github], 'markdownLink', 'vscodium'),
      `[\`github.com\` on \`eu-production\`](${LINK}/i-1?runner=r-1) (integration ID \`i-1\`, runner ID \`r-1\`)`,
    );
    assert.equal(
      linkText([github, gitlab], 'markdown', 'vscodium'),
      '- `github.com` on `eu-production` (integration ID `i-1`, runner ID `r-1`)\n' +
        '- `gitlab.acme.example:8443` on `eu-production` (integration ID `i-2`, runner ID `r-1`)',
    );
    assert.equal(
      linkText([github, gitlab], 'text', 'vscodium'),
      'github.com on eu-production (integration ID i-1, runner ID r-1)\n' +
        'gitlab.acme.example:8443 on eu-production (integration ID i-2, runner ID r-1)',
    );
  });

  it('is known to have an ID that is not exact: cut, trimmed or on one line', () => {
    for (const id of ['i'.repeat(1001), ' i', 'i\u00a0', 'i\nj', 'i\u202e', 'i\ud800']) {
      const text = linkText([{ ...github, id }], 'text', 'vscodium');
      assert.ok(!text.includes(`integration ID ${id},`), text);
      assert.ok(!mentionsExactIds([gitlab, { ...github, id }]));
      assert.ok(!mentionsExactIds([{ ...github, runnerId: id }]));
    }
    assert.ok(mentionsExactIds([github, gitlab, { ...github, id: 'i'.repeat(1000) }]));
  });

  it('has no markup from the names of runners and hosts', () => {
    const hostile = { id: '`i', runnerId: 'r`', host: 'a`b``c', runnerName: ']( https://evil) @all\n# <b>' };
    assert.equal(
      linkText([hostile], 'markdown', 'vscodium'),
      '```a`b``c``` on `]( https://evil) @all # <b>` (integration ID `` `i ``, runner ID `` r` ``)',
    );
    const link = linkText([{ ...hostile, id: 'a)b (c)' }], 'markdownLink', 'vscodium');
    assert.match(link, /\]\(vscodium:\/\/[^\s()]+\) \(/, 'nothing ends the link early');
  });
});
