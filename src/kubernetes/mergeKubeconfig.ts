import { isMap, parseDocument } from 'yaml';
import { HangarError } from '../errors/HangarError.js';

interface Named {
  readonly name: string;
}

/** A kubeconfig file. @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/ */
export interface Kubeconfig {
  readonly apiVersion: 'v1';
  readonly kind: 'Config';
  readonly clusters: readonly (Named & { readonly cluster: object })[];
  readonly users: readonly (Named & { readonly user: object })[];
  readonly contexts: readonly (Named & { readonly context: object })[];
  readonly 'current-context': string;
}

/**
 * A kubeconfig file's text with another's clusters, users and contexts in it and its context the current one: entries of
 * the same names are replaced, everything else and the comments stay.
 * @throws HangarError HGR-106 where the file is no kubeconfig
 */
export function mergeKubeconfig(text: string, addition: Kubeconfig, file: string): string {
  const document = parseDocument(text.trim() === '' ? 'apiVersion: v1\nkind: Config\n' : text);
  if (document.errors.length > 0 || !isMap(document.contents)) throw noKubeconfig(file);
  for (const section of ['clusters', 'users', 'contexts'] as const) {
    const present: unknown = document.toJS()[section] ?? [];
    if (!Array.isArray(present)) throw noKubeconfig(file);
    for (const entry of addition[section]) {
      const index = present.findIndex((each: Partial<Named>) => each?.name === entry.name);
      if (index >= 0) document.setIn([section, index], document.createNode(entry));
      else if (document.get(section)) document.addIn([section], document.createNode(entry));
      else document.set(section, document.createNode([entry]));
    }
  }
  document.set('current-context', addition['current-context']);
  return document.toString();
}

function noKubeconfig(file: string): HangarError {
  return new HangarError('HGR-106', `${file} is no kubeconfig, so it was left as it is`, {
    resource: file,
    next: 'Give another file with --file, or print it with --stdout.',
  });
}
