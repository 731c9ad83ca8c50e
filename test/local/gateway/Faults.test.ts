import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { awsErrorBody, Faults, faultSchema, throttled } from '../../../local/gateway/Faults.js';

const request = (more: Partial<Pick<IncomingMessage, 'method' | 'url' | 'headers'>>) =>
  ({ method: 'POST', url: '/', headers: {}, ...more }) as IncomingMessage;
const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
const nothing = Buffer.alloc(0);

function withFault(fault: object): Faults {
  const faults = new Faults();
  faults.add(faultSchema.parse({ effect: 'throttle', ...fault }));
  return faults;
}

describe('Faults', () => {
  it('strikes as often as it was told, then no more', () => {
    const faults = withFault({ times: 2 });
    const hits = [1, 2, 3].map(() => faults.take(request({}), 'ec2', nothing) !== undefined);
    expect(hits).toEqual([true, true, false]);
    expect(faults.none).toBe(true);
  });

  it('matches the action of a query call, of a JSON call, and of a REST call', () => {
    const query = Buffer.from('Action=CreateNatGateway&Version=2016-11-15');
    expect(withFault({ action: 'CreateNatGateway' }).take(request({ headers: form }), 'ec2', query)).toBeDefined();
    const target = { headers: { 'x-amz-target': 'AWSEvents.PutRule' } };
    expect(withFault({ action: 'PutRule' }).take(request(target), 'events', nothing)).toBeDefined();
    const rest = request({ url: '/clusters/a?b=c' });
    expect(withFault({ action: 'POST /clusters' }).take(rest, 'eks', nothing)).toBeDefined();
  });

  it('leaves other actions and services alone', () => {
    const query = Buffer.from('Action=DescribeVpcs');
    expect(withFault({ action: 'CreateVpc' }).take(request({ headers: form }), 'ec2', query)).toBeUndefined();
    expect(withFault({ service: 's3' }).take(request({}), 'ec2', nothing)).toBeUndefined();
  });

  it('refuses a fault that is none', () => {
    expect(faultSchema.safeParse({ effect: 'explode' }).success).toBe(false);
    expect(faultSchema.safeParse({ effect: 'drop', time: 3 }).success).toBe(false);
  });
});

describe('awsErrorBody', () => {
  it('words a throttling as each service does', () => {
    expect(awsErrorBody(request({ headers: form }), 'ec2', throttled).body).toContain(
      '<Code>RequestLimitExceeded</Code>',
    );
    expect(awsErrorBody(request({ headers: form }), 'iam', throttled).body).toMatch(
      /^<ErrorResponse>.*ThrottlingException/,
    );
    expect(awsErrorBody(request({}), 's3', throttled).body).toMatch(/^<Error>/);
    expect(JSON.parse(awsErrorBody(request({}), 'eks', throttled).body)).toEqual({
      __type: 'ThrottlingException',
      message: 'Rate exceeded',
    });
  });
});
