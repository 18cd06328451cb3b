import { Server } from 'proxy-chain';

export interface ProxyOptions {
  /** Basic authentication: a request without these gets a 407. */
  credentials?: { username: string; password: string };
  /** Maps the requested `host:port` to the one to connect to; others are connected to as requested. */
  routes?: Record<string, string>;
}

export interface ProxiedRequest {
  /** `connect` requests a tunnel, `plain` an `http:` URL. */
  readonly kind: 'connect' | 'plain';
  /** The requested `host:port`. */
  readonly target: string;
  /** Whether the credentials were sent, or none are needed. */
  readonly authorized: boolean;
}

export interface TestProxy {
  /** Such as `http://127.0.0.1:41234`, without the credentials. */
  readonly url: string;
  /** Requests since the start or the last `resetRecords`, except those within a tunnel. */
  readonly requests: readonly ProxiedRequest[];
  resetRecords(): void;
  /** Also destroys open connections and tunnels. */
  close(): Promise<void>;
}

/** An HTTP proxy on this machine. A reset at a tunnel's far end reaches the client as a normal close. */
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
        // proxy-chain has no option for this; it reads the target from here.
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
