import type { CloudName } from '../DeploymentSpec.js';
import { nearestWord } from '../nearestWord.js';
import type { Guard } from './Guard.js';

/** What a region's name looks like; regions come and go, so a list would refuse new ones. */
const patterns: Record<CloudName, RegExp> = {
  aws: /^(af|ap|ca|eu|il|me|mx|sa|us)-(north|south|east|west|central|northeast|northwest|southeast|southwest)-\d$/,
  gcp: /^(africa|asia|australia|europe|me|northamerica|southamerica|us)-(north|south|east|west|central|northeast|northwest|southeast|southwest)\d{1,2}$/,
  azure: /^[a-z]+\d?$/,
};

/** For suggestions only. https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
const familiar: Record<CloudName, readonly string[]> = {
  aws: [
    ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'ca-west-1', 'mx-central-1', 'sa-east-1'],
    ...[
      'eu-central-1',
      'eu-central-2',
      'eu-west-1',
      'eu-west-2',
      'eu-west-3',
      'eu-north-1',
      'eu-south-1',
      'eu-south-2',
    ],
    ...[
      'ap-south-1',
      'ap-south-2',
      'ap-northeast-1',
      'ap-northeast-2',
      'ap-northeast-3',
      'ap-east-1',
      'ap-southeast-1',
    ],
    ...[
      'ap-southeast-2',
      'ap-southeast-3',
      'ap-southeast-4',
      'af-south-1',
      'me-south-1',
      'me-central-1',
      'il-central-1',
    ],
  ],
  gcp: [
    'us-central1',
    'us-east1',
    'us-east4',
    'us-west1',
    'europe-west1',
    'europe-west4',
    'asia-east1',
    'asia-northeast1',
  ],
  azure: [
    'eastus',
    'eastus2',
    'westus2',
    'westus3',
    'centralus',
    'northeurope',
    'westeurope',
    'uksouth',
    'swedencentral',
  ],
};

/** The region looks like one of the cloud's; whether the account may use it is found before anything is made. */
export const plausibleRegion: Guard = ({ cloud, region }) => {
  if (patterns[cloud].test(region)) return [];
  const path = 'region';
  if (cloud === 'aws' && /^(us-gov|cn|us-iso\w*|eu-isoe|eusc)-/.test(region)) {
    return [{ path, message: `${region} is in a separate AWS partition (GovCloud, China …), not yet in this version` }];
  }
  // `us-east-1a` is a zone.
  const zone = /^(.+\d)[a-z]$/.exec(region)?.[1];
  if (zone && patterns[cloud].test(zone)) {
    return [{ path, message: `${region} is a zone, not a region`, suggestion: zone }];
  }
  return [
    { path, message: `"${region}" is not a region of ${cloud}`, suggestion: nearestWord(region, familiar[cloud]) },
  ];
};
