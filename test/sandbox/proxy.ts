import { Server } from 'proxy-chain';

export interface ProxyOptions {
  /** Basic authentication: a request without these is answered 407. */
  credentials?: { username: string; password: string };
  /** From the `host:port` asked for to the `host:port` really connected to; any other is connected to as asked. */
  routes?: Record<string, string>;
}

export interface ProxiedRequest {
  /** `connect` asks for a tunnel, `plain` for an `http:` URL. */
  readonly kind: 'connect' | 'plain';
  /** The `host:port` asked for. */
  readonly target: string;
  /** Whether the credentials came along, or none are needed. */
  readonly authorized: boolean;
}

export interface TestProxy {
  /** Such as `http://127.0.0.1:41234`, without the credentials. */
  readonly url: string;
  /** Requests since the start or the last `resetRecords`; those within a tunnel stay unseen. */
  readonly requests: readonly ProxiedRequest[];
  resetRecords(): void;
  /** Destroys open connections and tunnels too. */
  close(): Promise<void>;
}

/** An HTTP proxy on this machine. A reset at a tunnel's far end reaches the client as a mere end. */
export async function startProxy({ credentials, routes = {} }: ProxyOptions = {}): Promise<TestProxy> {
  const requests: ProxiedRequest[] = [];
  const server = new Server({
    host: '127.0.0.1',
    port: 0,
    authRealm: 'sandbox',
    prepareRequestFunction({ request, username, password, hostname, port, isHttp }) {
      const target = `${hostname}:${port}`;
      const authorized =
        credentials === undefined || (username === credentials.username && password === credentials.password);
      requests.push({ kind: isHttp ? 'plain' : 'connect', target, authorized });
      const route = routes[target];
      if (route !== undefined) {
        // proxy-chain has no word for this; it reads from here where to connect to.
        request.url = isHttp ? elsewhere(request.url ?? '', route) : route;
      }
      return { requestAuthentication: !authorized };
    },
  });
  await server.listen();
  return {
    url: `http://127.0.0.1:${server.port}`,
    requests,
    resetRecords() {
      requests.length = 0;
    },
    close: () => server.close(true),
  };
}

function elsewhere(url: string, host: string): string {
  return Object.assign(new URL(url), { host }).href;
}
