import assert from 'node:assert/strict';
import { integrationAt, runnerNamed } from '../../../sandbox/lookup.ts';
import { sampleOrganization } from '../../../sandbox/sampleOrganization.ts';
import { tooltipOf } from '../../../../src/views/tree/tooltips.ts';
import { integrationNode, runnerNode, sampleNodes } from './sampleNodes.ts';

/** Markdown with its character references resolved. */
const read = (markdown: string) =>
  markdown
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&nbsp;', ' ');

describe('a tooltip', () => {
  const nodes = sampleNodes();

  it('of a runner says kind, provider, place, version, phase and why, and its ID', () => {
    const staging = runnerNamed(sampleOrganization(), 'us-staging');
    assert.equal(
      read(tooltipOf(runnerNode(nodes, 'us-staging'))).replace(/\d\d:\d\d/, 'TIME'),
      [
        '**us-staging**',
        '',
        'Needs attention',
        '',
        `us-staging is degraded: ${staging.status?.message}  `,
        'runner us-staging, Aug 18, 2026, TIME',
        '',
        '| | |',
        '|:--|:--|',
        '| Problems | 1 broken |',
        '| Kind | remote |',
        '| Provider | AWS EC2 |',
        '| Region | us-east-1 |',
        '| Version | 20260801.120 |',
        '| Phase | degraded |',
        `| Runner ID | \`${staging.runnerId}\` |`,
      ].join('\n'),
    );
  });

  it('of an integration says how one signs in, and its ID', () => {
    const tfs = sampleOrganization().integrations.find(({ host }) => host === 'tfs.acme.example');
    assert.equal(
      read(tooltipOf(integrationNode(nodes, 'us-staging', 'tfs.acme.example'))).replace(
        /\n\nRunner: .*\n.*/,
        '',
      ),
      [
        '**tfs.acme.example**',
        '',
        '| | |',
        '|:--|:--|',
        '| Provider | Azure DevOps Server |',
        '| Sign-in methods | personal access token |',
        '| Virtual directory | /tfs |',
        `| Integration ID | \`${tfs?.id}\` |`,
      ].join('\n'),
    );
  });

  it('of a host in an unusual spelling says what the usual one is', () => {
    const organization = sampleOrganization();
    const tfs = integrationAt(organization, 'us-staging', 'tfs.acme.example');
    tfs.host = 'tfs.acme.example.:443';
    assert.match(
      read(tooltipOf(integrationNode(sampleNodes(organization), 'us-staging', tfs.host))),
      /\n\nUnusual spelling \(default port and dot at the end\)\. The usual one is tfs\.acme\.example;/,
    );
  });

  it('of an international host has its name in ASCII, which reveals a look-alike', () => {
    const organization = sampleOrganization();
    const tfs = integrationAt(organization, 'us-staging', 'tfs.acme.example');
    tfs.host = 'tfs.аcme.example:8443/tfs';
    assert.match(
      read(tooltipOf(integrationNode(sampleNodes(organization), 'us-staging', tfs.host))),
      /\| ASCII form \| `tfs\.xn--cme-5cd\.example:8443` \|/,
    );
  });

  it('of an integration says if its runner has another one for the host', () => {
    const organization = sampleOrganization();
    const noteOf = () => {
      const markdown = tooltipOf(integrationNode(sampleNodes(organization), 'us-staging', 'github.com'));
      return read(markdown).split('\n').at(-1);
    };
    assert.match(noteOf() ?? '', /^\| Integration ID/);
    integrationAt(organization, 'us-staging', 'github.acme.example').host = 'https://github.com/';
    assert.equal(noteOf(), 'This runner has another integration for this host.');
  });

  it('says why a runner is not known, and what is managed', () => {
    const unknown = nodes.find(({ entry }) => entry.role === 'unknown');
    assert.ok(unknown);
    assert.match(
      read(tooltipOf(unknown)),
      /This runner is not in the list of runners: it may have been deleted, the API key may not have access to it/,
    );
    assert.match(read(tooltipOf(integrationNode(nodes, 'Ona Cloud (eu)', 'github.com'))), /Managed by Ona/);
  });

  it('keeps hostile text as text: no sign of it means anything in Markdown', () => {
    const organization = sampleOrganization();
    const old = runnerNamed(organization, 'frankfurt-old');
    assert.ok(old.status);
    old.status.message = '<img src=x> **bold** [link](command:quit) $(alert) `code` |x|';
    const markdown = tooltipOf(runnerNode(sampleNodes(organization), 'frankfurt-old'));
    const line = markdown.split('\n').find((one) => one.startsWith('| Message'));
    assert.match(line ?? '', /^\| Message \| [\w ]*(?:&#\d+;[\w ]*)+ \|$/);
  });
});
