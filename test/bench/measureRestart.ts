import { OnaPage } from '../ui/onaPage.ts';
import type { Host } from '../vscode/startHost.ts';
import { openWorkbench } from '../vscode/workbench.ts';
import { format } from './format.ts';
import type { Probe } from './probe.ts';
import type { Section } from './report.ts';
import type { Restart } from './restartProbe.ts';
import { spread } from './spread.ts';

/** What the view shows when a window starts, next to what the API returns then. `host` is signed in. */
export async function measureRestart(
  host: Host,
  probe: Probe<null, Restart>,
  { title, repetitions }: { title: string; repetitions: number },
): Promise<Section> {
  const ona = new OnaPage(await openWorkbench(host));
  try {
    await ona.openView();
    await ona.titleAction('Refresh').waitFor();
    await ona.whenStored('onaScm.environmentAccount');
    // Its rows are cached; stop its requests.
    await ona.page.goto('about:blank');
    const starts: Restart[] = [];
    for (let repetition = 0; repetition < repetitions; repetition++) {
      starts.push(await probe.run(host, null, ona.workbench.context));
    }
    const shown = (timeOf: (start: Restart) => number) => format.spread(spread(starts.map(timeOf)));
    return {
      title,
      columns: ['activated', 'rows of the last time', 'loaded anew'],
      rows: [
        {
          what: `${format.count(starts[0]?.integrations ?? 0)} integrations`,
          cells: [
            shown(({ activated }) => activated),
            shown(({ restored }) => restored),
            shown(({ loaded }) => loaded),
          ],
        },
      ],
      notes: [`From the beginning of the activation. Medians of ${repetitions} windows.`],
    };
  } finally {
    await ona.workbench.close();
  }
}
