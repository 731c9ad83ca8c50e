import { existsSync } from 'node:fs';
import path from 'node:path';
import { HangarError } from '../errors/HangarError.js';

/** Where a chart comes from. */
export type ChartSource =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'repository'; readonly repository: string; readonly chart: string; readonly version: string }
  | { readonly kind: 'oci'; readonly reference: string; readonly version: string };

export interface ChartRequest {
  readonly chart: string;
  /** A repository's URL, an `oci://` reference of the chart, or a folder: the chart's own or one that holds it by name. */
  readonly address: string;
  readonly version: string;
  /** Settings.chartMirror: a folder with charts by name, used instead of repositories and registries. */
  readonly mirror?: string;
}

/** Decides where a chart is taken from. @throws HGR-403 where a folder holds no such chart, or for an address with a password */
export function chartSource({ chart, address, version, mirror }: ChartRequest): ChartSource {
  const remote = /^(https?|oci):\/\//.test(address);
  if (!remote) return folder(address, chart, 'Give the folder that holds Chart.yaml.');
  if (mirror) return folder(mirror, chart, 'Put the chart into the mirror (HANGAR_CHART_MIRROR), or unset it.');
  if (new URL(address).password || new URL(address).username)
    throw new HangarError('HGR-403', `the address of chart ${chart} carries credentials`, {
      resource: `chart ${chart}`,
      next: 'Mirror the chart into a folder and point HANGAR_CHART_MIRROR at it.',
    });
  return address.startsWith('oci://')
    ? { kind: 'oci', reference: address, version }
    : { kind: 'repository', repository: address, chart, version };
}

function folder(address: string, chart: string, next: string): ChartSource {
  const candidates = [address, path.join(address, chart)];
  const found = candidates.find((candidate) => existsSync(path.join(candidate, 'Chart.yaml')));
  if (!found)
    throw new HangarError('HGR-403', `there is no chart ${chart} in ${address}`, { resource: `chart ${chart}`, next });
  return { kind: 'folder', path: path.resolve(found) };
}

/** The chart's part of helm's command line. */
export function chartArguments(source: ChartSource): string[] {
  switch (source.kind) {
    case 'folder':
      return [source.path];
    case 'oci':
      return [source.reference, '--version', source.version];
    case 'repository':
      return [source.chart, '--repo', source.repository, '--version', source.version];
  }
}
