import { CreateClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { STSClient } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyEksToken } from '../../../local/gateway/verifyEksToken.js';
import { type AwsClients, awsClients } from '../../../src/clouds/aws/awsClients.js';
import { clusterAccess } from '../../../src/clouds/aws/clusterAccess.js';
import { readSecret } from '../../../src/clouds/aws/readSecret.js';
import { stsEndpoint } from '../../../src/clouds/aws/stsEndpoint.js';
import { account, type MotoServer, region, startMotoServer } from './motoServer.js';

let moto: MotoServer;
let clients: AwsClients;

beforeAll(async () => {
  moto = await startMotoServer();
});
afterAll(() => moto?.stop());
beforeEach(async () => {
  await moto.reset();
  clients = awsClients();
});

describe('clusterAccess', () => {
  it('gives endpoint, authority and tokens for that cluster only', async () => {
    await clients(EKSClient, region).send(
      new CreateClusterCommand({
        name: 'hangar-research',
        roleArn: `arn:aws:iam::${account}:role/eks`,
        resourcesVpcConfig: {},
      }),
    );
    const access = await clusterAccess(clients, region, 'hangar-research');
    expect(access).toMatchObject({ name: 'hangar-research', server: expect.stringMatching(/^https:/) });
    expect(access.certificateAuthority.length).toBeGreaterThan(10);
    const { token, expiresAt } = await access.token();
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 4 * 60_000);

    const check = { token, hosts: [new URL(moto.endpoint).host], now: new Date(), secretOf: async () => 'test' };
    await verifyEksToken({ ...check, clusterName: 'hangar-research' });
    await expect(verifyEksToken({ ...check, clusterName: 'hangar-other' })).rejects.toThrow();
    await expect(
      verifyEksToken({ ...check, clusterName: 'hangar-research', secretOf: async () => 'another' }),
    ).rejects.toThrow();
  });

  it('says HGR-413 where there is no such cluster', async () => {
    await expect(clusterAccess(clients, region, 'nowhere')).rejects.toMatchObject({
      code: 'HGR-413',
      resource: 'nowhere',
    });
  });
});

describe('stsEndpoint', () => {
  afterEach(() => {
    process.env.AWS_ENDPOINT_URL = moto.endpoint;
    delete process.env.AWS_ENDPOINT_URL_STS;
  });

  it('is the region’s own, its partition’s, or the one that is set', async () => {
    const of = async (where: string) => (await stsEndpoint(awsClients()(STSClient, where))).href;
    process.env.AWS_ENDPOINT_URL_STS = 'http://127.0.0.1:9/sts';
    expect(await of('us-east-1')).toBe('http://127.0.0.1:9/sts/');
    delete process.env.AWS_ENDPOINT_URL_STS;
    delete process.env.AWS_ENDPOINT_URL;
    expect(await of('eu-west-1')).toBe('https://sts.eu-west-1.amazonaws.com/');
    expect(await of('us-east-1')).toBe('https://sts.us-east-1.amazonaws.com/');
    expect(await of('cn-north-1')).toBe('https://sts.cn-north-1.amazonaws.com.cn/');
  });
});

describe('readSecret', () => {
  it('gives the value, by name or ARN', async () => {
    const { ARN } = await clients(SecretsManagerClient, region).send(
      new CreateSecretCommand({ Name: 'database', SecretString: '{"password":"pa55"}' }),
    );
    expect(await readSecret(clients, ARN!, region)).toBe('{"password":"pa55"}');
    expect(await readSecret(clients, 'database', region)).toBe('{"password":"pa55"}');
  });

  it('says HGR-410 where there is none', async () => {
    await expect(readSecret(clients, 'nothing', region)).rejects.toMatchObject({
      code: 'HGR-410',
      resource: 'nothing',
    });
  });
});
