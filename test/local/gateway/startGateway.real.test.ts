import { randomBytes } from 'node:crypto';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gateway, startGateway } from '../../../local/gateway/startGateway.js';
import { useMoto } from '../../support/localCloud.js';

const moto = useMoto();
let gateway: Gateway;
let ec2: EC2Client;
let s3: S3Client;
beforeAll(async () => {
  gateway = await startGateway({ motoEndpoint: moto.current.endpoint });
  const client = {
    endpoint: gateway.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  ec2 = new EC2Client(client);
  s3 = new S3Client(client);
});
afterAll(() => gateway.stop());

const faults = (method: string, body?: object) =>
  fetch(`${gateway.endpoint}/_hangar/faults`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
const vpcs = () => ec2.send(new DescribeVpcsCommand({}));

describe('startGateway', () => {
  it('passes large bodies through unchanged, both ways', async () => {
    const body = randomBytes(20_000_000);
    await s3.send(new CreateBucketCommand({ Bucket: 'large' }));
    await s3.send(new PutObjectCommand({ Bucket: 'large', Key: 'a', Body: body }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'large', Key: 'a' }));
    expect(Buffer.compare(await Body!.transformToByteArray(), body)).toBe(0);
  });

  it('says in each answer that it is a stand-in', async () => {
    const response = await fetch(`${gateway.endpoint}/large?list-type=2`);
    expect(response.headers.get('x-hangar-stand-in')).toContain('moto');
  });

  it('says that the emulator is gone, rather than hang', async () => {
    const alone = await startGateway({ motoEndpoint: 'http://127.0.0.1:1' });
    const response = await fetch(`${alone.endpoint}/`);
    expect([response.status, await response.text()]).toEqual([502, expect.stringContaining('ECONNREFUSED')]);
    await alone.stop();
  });

  it('throttles a call that a fault is set for, once', async () => {
    expect((await faults('POST', { service: 'ec2', action: 'DescribeVpcs', effect: 'throttle' })).status).toBe(200);
    await expect(vpcs()).rejects.toMatchObject({ name: 'RequestLimitExceeded' });
    await expect(vpcs()).resolves.toHaveProperty('Vpcs');
  });

  it('answers with the error a fault asks for', async () => {
    const effect = { status: 400, code: 'VpcLimitExceeded', message: 'The maximum number of VPCs has been reached.' };
    await faults('POST', { effect });
    await expect(vpcs()).rejects.toMatchObject({ name: 'VpcLimitExceeded', message: effect.message });
  });

  it('cuts a connection that a fault is set for', async () => {
    await faults('POST', { service: 'ec2', effect: 'drop' });
    await expect(vpcs()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('lists and clears faults, and refuses what is none', async () => {
    await faults('POST', { service: 'ec2', effect: 'drop', times: 9 });
    expect(await (await faults('GET')).json()).toMatchObject([{ service: 'ec2', left: 9 }]);
    await faults('DELETE');
    await expect(vpcs()).resolves.toHaveProperty('Vpcs');
    expect((await faults('POST', { effect: 'explode' })).status).toBe(400);
  });
});
