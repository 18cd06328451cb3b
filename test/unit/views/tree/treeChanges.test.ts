import assert from 'node:assert/strict';
import { TreeChanges } from '../../../../src/views/tree/treeChanges.ts';

describe('the changes of the tree', () => {
  function told() {
    const changes = new TreeChanges<string>();
    const rows: (string[] | undefined)[] = [];
    changes.event((changed) => rows.push(changed));
    return { changes, rows };
  }

  it('are told row by row, unless there are none', () => {
    const { changes, rows } = told();
    changes.some(['a', 'b']);
    changes.some([]);
    changes.some(new Set(['c']));
    assert.deepEqual(rows, [['a', 'b'], ['c']]);
  });

  it('are told no more once all rows have changed, until VS Code asks for them', () => {
    const { changes, rows } = told();
    changes.all();
    changes.all();
    changes.some(['a']);
    assert.deepEqual(rows, [undefined]);
    changes.asked();
    changes.some(['a']);
    changes.all();
    assert.deepEqual(rows, [undefined, ['a'], undefined]);
  });
});
