import type { IncomingMessage } from 'node:http';

/** Who calls what, as far as the signature's credential scope tells. */
export interface AwsCall {
  readonly accessKeyId: string;
  readonly region: string;
  /** Signing name: `eks`, `s3`, `sts`, … */
  readonly service: string;
}

/**
 * Reads the credential scope of a signed request's header; null for an unsigned or presigned one.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function awsCall(request: IncomingMessage): AwsCall | null {
  const scope = /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1]?.split('/');
  if (scope?.length !== 5) return null;
  return { accessKeyId: scope[0]!, region: scope[2]!, service: scope[3]! };
}
