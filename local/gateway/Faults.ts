import type { IncomingMessage } from 'node:http';
import { z } from 'zod';

/** A fault to be injected into calls, for tests of what bad luck gets. */
export const faultSchema = z.strictObject({
  /** Signing name of the service, as `ec2`; absent: any. */
  service: z.string().optional(),
  /** The API action, as `CreateNatGateway`; for REST services method and path prefix, as `POST /clusters`; absent: any. */
  action: z.string().optional(),
  /** How many matching calls it hits; default 1. */
  times: z.int().min(1).default(1),
  /** Milliseconds before anything else happens. */
  delayMs: z.int().min(0).default(0),
  /** `drop`: the connection is cut; `throttle`: answered as AWS does when it throttles; `pass`: only the delay. */
  effect: z
    .enum(['drop', 'throttle', 'pass'])
    .or(z.strictObject({ status: z.int().min(400).max(599), code: z.string(), message: z.string() })),
});

export type Fault = z.output<typeof faultSchema>;

/** An error as AWS words it. */
export interface AwsError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** The faults that wait to strike. */
export class Faults {
  #waiting: { fault: Fault; left: number }[] = [];

  /** True when a request need not be looked at. */
  get none(): boolean {
    return this.#waiting.length === 0;
  }

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times });
  }

  clear(): void {
    this.#waiting = [];
  }

  list(): (Fault & { left: number })[] {
    return this.#waiting.map(({ fault, left }) => ({ ...fault, left }));
  }

  /** The fault that hits this call, if any; uses one of its times up. */
  take(request: IncomingMessage, service: string | undefined, body: Buffer): Fault | undefined {
    const actions = actionsOf(request, body);
    const hit = this.#waiting.find(
      ({ fault }) =>
        (fault.service === undefined || fault.service === service) &&
        (fault.action === undefined || actions.some((action) => matches(action, fault.action!))),
    );
    if (!hit) return undefined;
    hit.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return hit.fault;
  }
}

/** The error a throttled call gets. */
export const throttled: AwsError = { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' };

/** An error in a form that every AWS protocol's clients understand: query and REST XML, or JSON. */
export function awsErrorBody(request: IncomingMessage, service: string | undefined, error: AwsError) {
  const type = String(request.headers['content-type'] ?? '');
  const code = service === 'ec2' && error === throttled ? 'RequestLimitExceeded' : error.code;
  const detail = `<Code>${code}</Code><Message>${error.message}</Message>`;
  if (service === 's3') return { type: 'application/xml', body: `<Error>${detail}</Error>`, code };
  if (service === 'ec2') {
    const body = `<Response><Errors><Error>${detail}</Error></Errors><RequestID>hangar-fault</RequestID></Response>`;
    return { type: 'text/xml', body, code };
  }
  if (type.includes('form-urlencoded') || service === 'route53') {
    return {
      type: 'text/xml',
      body: `<ErrorResponse><Error><Type>Sender</Type>${detail}</Error></ErrorResponse>`,
      code,
    };
  }
  return { type: 'application/x-amz-json-1.1', body: JSON.stringify({ __type: code, message: error.message }), code };
}

function actionsOf(request: IncomingMessage, body: Buffer): string[] {
  const target = String(request.headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1);
  const form = new URLSearchParams(
    String(request.headers['content-type'] ?? '').includes('form-urlencoded') ? body.toString('utf8') : '',
  ).get('Action');
  const path = `${request.method} ${request.url?.split('?')[0]}`;
  return [target, form, path].filter((action): action is string => !!action);
}

function matches(action: string, wanted: string): boolean {
  return wanted.includes(' ') ? action.startsWith(wanted) : action === wanted;
}
