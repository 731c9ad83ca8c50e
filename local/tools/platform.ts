import { arch, platform } from 'node:os';

/** Node's name for the machine: `linux-x64`, `darwin-arm64`. */
export const nodePlatform = `${platform()}-${arch()}`;

/** Go's (and HashiCorp's, and Kubernetes') names: `linux`, `darwin`; `amd64`, `arm64`. */
export const goPlatform = { os: platform() as string, arch: arch() === 'x64' ? 'amd64' : (arch() as string) };

/** The same in one word, as terraform writes it: `linux_amd64`. */
export const terraformPlatform = `${goPlatform.os}_${goPlatform.arch}`;
