import { request } from 'node:http';

/** When a load had its rows, in milliseconds since it was asked for, and how many they were. */
export interface Load {
  /** The first rows of either list. */
  readonly first: number;
  /** All rows of both lists. */
  readonly all: number;
  readonly runners: number;
  readonly integrations: number;
}

interface Answer {
  readonly runners?: readonly unknown[];
  readonly integrations?: readonly unknown[];
}

/** The least that shows both lists: the two first-page requests, sent at once, and their answers parsed. */
export async function bareLoad(apiUrl: string, apiKey: string): Promise<Load> {
  const startedAt = performance.now();
  const ask = async (procedure: string) => {
    const answer = await post(`${apiUrl}/gitpod.v1.${procedure}`, apiKey);
    return { answer, time: performance.now() - startedAt };
  };
  const [runners, integrations] = await Promise.all([
    ask('RunnerService/ListRunners'),
    ask('RunnerConfigurationService/ListSCMIntegrations'),
  ]);
  const times = [runners.time, integrations.time];
  return {
    first: Math.min(...times),
    all: Math.max(...times),
    runners: runners.answer.runners?.length ?? 0,
    integrations: integrations.answer.integrations?.length ?? 0,
  };
}

function post(url: string, apiKey: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      Authorization: `Bearer ${apiKey}`,
      'Content-Type': 'application/json',
      'Connect-Protocol-Version': '1',
      // Without it VS Code gives every request a connection of its own, ours or not.
      Connection: 'keep-alive',
    };
    request(url, { method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) {
          resolve(JSON.parse(text) as Answer);
        } else {
          reject(new Error(`${url} answered ${response.statusCode ?? 'nothing'}: ${text}`));
        }
      });
    })
      .on('error', reject)
      .end(JSON.stringify({ pagination: { pageSize: 100 } }));
  });
}
