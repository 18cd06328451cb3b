import type { Session } from '../../../src/account/sessionState.ts';
import type { RunnerSchema } from '../../../src/api/runnerSchema.ts';
import type { CallOptions } from '../../../src/api/transport/connect.ts';
import { Emitter } from '../../../src/base/event.ts';
import { RunnerSchemas } from '../../../src/inventory/runnerSchemas.ts';
import { jane, signedIn } from './inventoryOf.ts';
import { MemoryClient } from './load/memoryClient.ts';

/** A request, and how a test answers it. */
interface Asked {
  readonly runnerId: string;
  readonly options: CallOptions;
  readonly resolve: (schema: RunnerSchema) => void;
  readonly reject: (error: unknown) => void;
}

/** A client whose answers a test decides. */
export class SchemaClient extends MemoryClient {
  readonly asked: Asked[] = [];

  constructor() {
    super({ runners: [], integrations: [] });
  }

  getRunnerConfigurationSchema(runnerId: string, options: CallOptions): Promise<RunnerSchema> {
    return new Promise((resolve, reject) => {
      this.asked.push({ runnerId, options, resolve, reject });
    });
  }
}

/** The schemas of a window in which nobody is signed in yet. */
export function schemasOf() {
  const changedSession = new Emitter<Session>();
  let current: Session = { kind: 'starting' };
  const session = {
    get connection() {
      return current.kind === 'signedIn' ? current.connection : undefined;
    },
    onDidChange: changedSession.event,
  };
  const lines: string[] = [];
  const time = { now: 0 };
  const clocks = { monotonic: () => time.now, wall: () => time.now };
  const schemas = new RunnerSchemas({ session, log: (line) => lines.push(line), clocks });
  let changes = 0;
  schemas.onDidChange(() => changes++);
  const tell = () => changedSession.fire(current);
  /** Signs in with another key, or out. The result tells the listeners. */
  const become = (client: SchemaClient | undefined) => {
    current =
      client === undefined
        ? { kind: 'signedOut', apiUrl: jane.apiUrl, lost: undefined }
        : signedIn(client, undefined);
    return tell;
  };
  const identify = () => {
    current = current.kind === 'signedIn' ? { ...current, account: jane } : current;
    tell();
  };
  return { schemas, lines, time, become, identify, changes: () => changes };
}
