import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTerraformConfig } from '../../local/cloud/writeTerraformConfig.js';
import { type CloudResource, listCloudResources } from '../../local/gateway/listCloudResources.js';
import { startMoto } from '../../local/moto/startMoto.js';
import { Supervisor } from '../../local/processes/Supervisor.js';
import { installTools } from '../../local/tools/installTools.js';
import { awsCloud } from '../../src/clouds/aws/awsCloud.js';
import type { Cloud } from '../../src/clouds/Cloud.js';
import type { Settings } from '../../src/settings/Settings.js';
import { FaultyProxy } from './FaultyProxy.js';

/** The AWS emulator with a state bucket in it, reached through the product's own AWS part. */
export interface AwsBench {
  readonly cloud: Cloud;
  readonly settings: Pick<Settings, 'terraform' | 'terraformConfig'>;
  /** Between terraform and the emulator, and the SDK and the emulator. */
  readonly proxy: FaultyProxy;
  /** Everything the emulated account holds besides what a new one does. */
  resources(): Promise<CloudResource[]>;
  stop(): Promise<void>;
}

/** As a person points the AWS SDK and terraform at an emulator: by variables of this process. */
const environment = (endpoint: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
});

export async function openAwsBench(): Promise<AwsBench> {
  const tools = await installTools(['terraform', 'terraform-provider-aws', 'moto']);
  const folder = await mkdtemp(join(tmpdir(), 'hangar-aws-'));
  const supervisor = new Supervisor(folder);
  const before = { ...process.env };
  let proxy: FaultyProxy | undefined;
  const stop = async () => {
    process.env = before;
    await proxy?.stop();
    await supervisor.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const { endpoint } = await startMoto(supervisor, tools.moto);
    proxy = await FaultyProxy.start(endpoint);
    Object.assign(process.env, environment(proxy.endpoint));
    const cloud = awsCloud();
    await cloud.bootstrap({ cloud: 'aws', account: '123456789012', region: 'us-east-1' });
    const terraformConfig = await writeTerraformConfig(folder, tools['terraform-provider-aws']);
    return {
      cloud,
      settings: { terraform: tools.terraform, terraformConfig },
      proxy,
      resources: () => listCloudResources(endpoint),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
