import assert from 'node:assert/strict';
import type { AccessState } from '../../../../src/checks/checkState.ts';
import { showDetails, type World } from './shownDetails.ts';

const NOW = new Date();

function offered(what: 'runner' | 'integration', world: World) {
  const { model, status } = showDetails(what, { now: NOW, ...world });
  const actions = model.actions.filter(({ place }) => place === 'status');
  return { buttons: actions.map(({ label, running }) => running ?? label), why: status.cannotAsk, actions };
}

describe('the actions that ask a runner', () => {
  it('are both offered for an integration, and access alone for a runner', () => {
    const { buttons, why, actions } = offered('integration', {});
    assert.deepEqual([buttons, why], [['Check My Access', 'Validate'], undefined]);
    assert.deepEqual(
      actions.map(({ id }) => id),
      ['onaScm.checkAccess', 'onaScm.validate'],
    );
    assert.deepEqual(offered('runner', {}).buttons, ['Check My Access']);
    assert.deepEqual(offered('runner', { runner: { phase: 'RUNNER_PHASE_DEGRADED' } }).buttons, [
      'Check My Access',
    ]);
  });

  it('are not offered if the runner cannot be asked, and the reason is said', () => {
    const whyNot = (runner: World['runner'], what: 'runner' | 'integration' = 'integration') => {
      const { buttons, why } = offered(what, { runner: runner ?? {} });
      assert.deepEqual(buttons, []);
      return why;
    };
    assert.equal(whyNot({ phase: 'RUNNER_PHASE_INACTIVE' }), 'eu-1 is offline, so it cannot be asked.');
    assert.equal(
      whyNot({ phase: 'RUNNER_PHASE_INACTIVE' }, 'runner'),
      'eu-1 is offline, so it cannot be asked.',
    );
    assert.equal(whyNot({ phase: 'RUNNER_PHASE_CREATED' }), 'eu-1 is not active, so it cannot be asked.');
    assert.equal(
      whyNot({ kind: 'RUNNER_KIND_LOCAL_CONFIGURATION' }),
      'No runner can be asked about the shared local configuration.',
    );
  });

  it('are not offered for what nobody could ask about', () => {
    assert.deepEqual(offered('integration', { integrations: [{ host: '' }] }).buttons, ['Validate']);
    assert.deepEqual(offered('runner', { integrations: [] }).buttons, []);
    assert.deepEqual(
      offered('runner', { integrations: [], runner: { phase: 'RUNNER_PHASE_INACTIVE' } }).why,
      undefined,
    );
  });

  it('do not validate an inherited integration: nobody here can change it', () => {
    const runner = { provider: 'RUNNER_PROVIDER_MANAGED' };
    assert.deepEqual(offered('integration', { runner }).buttons, ['Check My Access']);
  });

  it('say that they run, one by one, and of a runner if any of its integrations is checked', () => {
    const access: AccessState = { running: true };
    assert.deepEqual(offered('integration', { checks: { access } }).buttons, ['Checking…', 'Validate']);
    assert.deepEqual(offered('integration', { checks: { validation: { running: true } } }).buttons, [
      'Check My Access',
      'Validating…',
    ]);
    assert.deepEqual(offered('runner', { checks: { access } }).buttons, ['Checking…']);
    assert.deepEqual(offered('runner', { checks: { validation: { running: true } } }).buttons, [
      'Check My Access',
    ]);
  });
});
