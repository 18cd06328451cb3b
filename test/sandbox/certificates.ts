import { mkdir, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import path from 'node:path';
import { generate, type SubjectAltNameEntry } from 'selfsigned';

/** Both as PEM. */
export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

/** `valid`, or why a client that trusts `caFile` rejects the certificate. */
export type CertificateKind = 'valid' | 'selfSigned' | 'unknownIssuer' | 'expired' | 'wrongHost';

export interface Certificates {
  /** The authority's certificate as PEM, for `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  /** A new pair for a server at these hosts (names or addresses); `localhost` and `127.0.0.1` by default. */
  pair(kind: CertificateKind, hosts?: readonly string[]): Promise<KeyPair>;
}

interface Leaf {
  hosts: readonly string[];
  /** Self-signed without one. */
  issuer?: KeyPair;
  /** Validity period, in days from now. */
  days?: readonly [from: number, to: number];
}

/** Makes a certificate authority with its certificate in a new file of `folder`; its key stays in memory. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  const ca = await makeAuthority('Sandbox CA');
  const caFile = path.join(folder, 'ca.pem');
  await mkdir(folder, { recursive: true });
  await writeFile(caFile, ca.cert);
  return {
    caFile,
    async pair(kind, hosts = ['localhost', '127.0.0.1']) {
      switch (kind) {
        case 'valid':
          return makeLeaf({ hosts, issuer: ca });
        case 'selfSigned':
          return makeLeaf({ hosts });
        case 'unknownIssuer':
          return makeLeaf({ hosts, issuer: await makeAuthority('Unknown CA') });
        case 'expired':
          return makeLeaf({ hosts, issuer: ca, days: [-2, -1] });
        case 'wrongHost':
          return makeLeaf({ hosts: ['elsewhere.example'], issuer: ca });
      }
    },
  };
}

async function makeAuthority(name: string): Promise<KeyPair> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ...validity(-1, 30),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { key, cert };
}

async function makeLeaf({ hosts, issuer, days: [from, to] = [-1, 30] }: Leaf): Promise<KeyPair> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Sandbox' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ...validity(from, to),
    ...(issuer !== undefined && { ca: issuer }),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: hosts.map(altName) },
    ],
  });
  return { key, cert };
}

function validity(fromDays: number, toDays: number): { notBeforeDate: Date; notAfterDate: Date } {
  const day = 24 * 60 * 60 * 1000;
  const now = Date.now();
  return { notBeforeDate: new Date(now + fromDays * day), notAfterDate: new Date(now + toDays * day) };
}

function altName(host: string): SubjectAltNameEntry {
  return isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host };
}
