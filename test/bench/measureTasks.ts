import { largeOrganization } from '../sandbox/largeOrganization.ts';
import { startSandbox } from '../sandbox/server.ts';
import type { Host } from '../vscode/startHost.ts';
import { format } from './format.ts';
import { HUGE } from './loadPlan.ts';
import { keptRowsOf } from './keptRows.ts';
import type { Probe } from './probe.ts';
import { promises } from './promises.ts';
import type { Section } from './report.ts';
import type { Tasks } from './taskMeter.ts';
import type { TasksInput, TasksOutput } from './tasksProbe.ts';

/** How long our tasks block the extension host, and so all other extensions, if lists are huge. */
export async function measureTasks(
  host: Host,
  probe: Probe<TasksInput, TasksOutput>,
  apiKey: string,
): Promise<Section> {
  const organization = largeOrganization({ ...HUGE, grouped: true });
  const [own, bare] = await Promise.all([
    startSandbox({ apiKey, organization }),
    startSandbox({ apiKey, organization }),
  ]);
  try {
    const measured = await probe.run(host, {
      apiKey,
      keptRows: keptRowsOf(host),
      ownUrl: own.url,
      bareUrl: bare.url,
    });
    if (measured.integrations !== HUGE.integrations) {
      throw new Error(`Only ${measured.integrations} integrations were loaded`);
    }
    const all = [measured.signIn, measured.refresh, measured.find, measured.bareWalk, measured.idle];
    const row = (what: string, cellOf: (tasks: Tasks) => string) => ({ what, cells: all.map(cellOf) });
    const size = `${format.count(HUGE.integrations)} integrations on ${format.count(HUGE.runners)} runners`;
    return {
      title: `Tasks at ${size}`,
      columns: ['ours, sign-in', 'ours, refresh', 'ours, Find opened', 'pages of 100', 'idle'],
      rows: [
        row('longest turn of the event loop', ({ longest }) => format.milliseconds(longest)),
        row('most work in one turn', ({ longestWork }) => format.milliseconds(longestWork)),
        row('turns with more than 50 ms of work', ({ over50 }) => format.count(over50)),
        row('longest garbage collection', ({ longestGc }) => format.milliseconds(longestGc)),
        row('measured for', ({ duration }) => format.milliseconds(duration)),
      ],
      promises: [
        promises.longestTask('sign-in', measured.signIn.longestWork),
        promises.longestTask('refresh', measured.refresh.longestWork),
        promises.longestTask('Find opened', measured.find.longestWork),
      ],
      notes: [
        `In ${measured.host}, the view open.`,
        'Work is the thread’s CPU time: what others on this machine took is left out.',
      ],
    };
  } finally {
    await Promise.all([own.close(), bare.close()]);
  }
}
