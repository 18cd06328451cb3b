import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hostKey } from '../../../src/inventory/hosts.ts';
import { unusualSpelling } from '../../../src/inventory/unusualSpelling.ts';

describe('the spelling of a host', () => {
  for (const host of [
    'gitlab.corp.example',
    'GitLab.corp.example',
    'gitlab.corp.example:8443',
    'git.müller.example',
    'GIT.MÜLLER.example',
    'straße.example',
    'git.xn--mller-kva.example',
    'XN--BCHER-KVA.example',
    'dev.azure.com/acme',
    'dev.azure.com/Acme Projects',
    'dev.azure.com/Acme%20Projects',
    '127.0.0.1',
    '[2001:DB8:0::1]:8443',
    '2001:db8::443',
    '💩.la',
    'localhost',
    // Not hosts.
    '',
    'not a host',
    'ssh://git.example',
    'https://',
  ]) {
    it(`is usual: ${JSON.stringify(host)}`, () => assert.equal(unusualSpelling(host), undefined));
  }

  const unusual = [
    ['gitlab.corp.example:443', ['port'], 'gitlab.corp.example'],
    ['gitlab.corp.example.', ['dot'], 'gitlab.corp.example'],
    ['https://gitlab.corp.example', ['scheme'], 'gitlab.corp.example'],
    ['HTTP://gitlab.corp.example/', ['scheme', 'slash'], 'gitlab.corp.example'],
    ['gitlab.corp.example/', ['slash'], 'gitlab.corp.example'],
    ['dev.azure.com//Acme Projects/', ['slash'], 'dev.azure.com/Acme Projects'],
    [' gitlab.corp.example\n', ['spaces'], 'gitlab.corp.example'],
    ['GitLab.corp.example.:8443', ['dot'], 'gitlab.corp.example:8443'],
    ['git.müller.example.', ['dot'], 'git.müller.example'],
    ['git.mu\u0308ller.example', ['characters'], 'git.müller.example'],
    ['ｇｉｔｈｕｂ.com', ['characters'], 'github.com'],
    ['git\u200bhub.com', ['characters'], 'github.com'],
    ['github。com', ['characters'], 'github.com'],
    ['\u200egithub.com\u200e', ['characters'], 'github.com'],
    [' \u200bgithub.com', ['spaces', 'characters'], 'github.com'],
    ['github.com:', ['port'], 'github.com'],
    ['github.com.:00443', ['port', 'dot'], 'github.com'],
    ['http://github.com:80/', ['scheme', 'port', 'slash'], 'github.com'],
    ['[::1]:443', ['port'], '[::1]'],
    ['[::1]:', ['port'], '[::1]'],
    ['https://GitHub.com.:443//', ['scheme', 'port', 'dot', 'slash'], 'github.com'],
  ] as const;
  for (const [host, oddities, usual] of unusual) {
    it(`is not usual: ${JSON.stringify(host)}, for ${usual}`, () => {
      assert.deepEqual(unusualSpelling(host), { oddities, usual });
    });
  }

  it('names the same host once it is made usual, and is then usual', () => {
    const name = fc.constantFrom('gitlab.corp.example', 'GIT.Müller.example', '[::1]', '10.0.0.1', 'ｇｉｔ');
    const text = fc
      .tuple(
        fc.constantFrom('', ' ', '\u200e', 'https://', 'http://'),
        name,
        fc.constantFrom('', '.', ':443', ':8443', '.:443', ':', ':80', ':00443'),
        fc.constantFrom('', '/', '/a b', '/a//b/', '/Größe%20/'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (host) => {
        const found = unusualSpelling(host);
        if (found !== undefined) {
          assert.equal(hostKey(found.usual), hostKey(host));
          assert.equal(unusualSpelling(found.usual), undefined);
          assert.ok(found.oddities.length > 0);
        }
      }),
    );
  });
});
