// The certificate library needs the polyfill before it loads.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const lifeMs = 365 * 24 * 3_600_000;

/** A certificate and its key, in PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** What a certificate is for. */
export interface CertificateRequest {
  readonly commonName: string;
  /** Kubernetes reads a client's groups from here. */
  readonly organization?: string;
  /** Names and addresses of a server; absent: a client's certificate. */
  readonly hosts?: readonly string[];
}

/** A certificate authority of a local cluster or load balancer; its key stays in memory. */
export class CertificateAuthority {
  /** PEM. */
  readonly certificate: string;
  /** PEM of the authority's key, for a controller that signs on its own. */
  readonly key: string;
  readonly #keys: webcrypto.CryptoKeyPair;
  readonly #subject: string;

  private constructor(certificate: x509.X509Certificate, key: string, keys: webcrypto.CryptoKeyPair) {
    this.certificate = certificate.toString('pem');
    this.key = key;
    this.#keys = keys;
    this.#subject = certificate.subject;
  }

  static async create(commonName: string): Promise<CertificateAuthority> {
    const keys = await generateKeys();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      name: [{ CN: [commonName] }],
      keys,
      ...validity(),
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.digitalSignature, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    return new CertificateAuthority(certificate, await pemKey(keys), keys);
  }

  /** A new key and a certificate for it, good for a year. */
  async issue({ commonName, organization, hosts }: CertificateRequest): Promise<KeyPair> {
    const keys = await generateKeys();
    const names = (hosts ?? []).map(
      (host): x509.JsonGeneralName => ({ type: /^[\d.]+$/.test(host) ? 'ip' : 'dns', value: host }),
    );
    const certificate = await x509.X509CertificateGenerator.create({
      subject: [{ CN: [commonName] }, ...(organization ? [{ O: [organization] }] : [])],
      issuer: this.#subject,
      publicKey: keys.publicKey,
      signingKey: this.#keys.privateKey,
      signingAlgorithm: algorithm,
      ...validity(),
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[hosts ? 'serverAuth' : 'clientAuth']]),
        ...(hosts ? [new x509.SubjectAlternativeNameExtension(names)] : []),
        await x509.AuthorityKeyIdentifierExtension.create(this.#keys.publicKey),
      ],
    });
    return { certificate: certificate.toString('pem'), key: await pemKey(keys) };
  }
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;
}

async function pemKey(keys: webcrypto.CryptoKeyPair): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
}

/** From a minute ago, so that a clock read a moment earlier finds it valid. */
function validity(): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Date.now() - 60_000), notAfter: new Date(Date.now() + lifeMs) };
}
