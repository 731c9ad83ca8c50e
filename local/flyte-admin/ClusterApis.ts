import {
  ApiException,
  ApiextensionsV1Api,
  AppsV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  KubernetesObjectApi,
} from '@kubernetes/client-node';

/** The APIs of the cluster that the stand-in serves, under the kubeconfig's user. */
export interface ClusterApis {
  readonly core: CoreV1Api;
  readonly apps: AppsV1Api;
  readonly extensions: ApiextensionsV1Api;
  readonly customObjects: CustomObjectsApi;
  readonly objects: KubernetesObjectApi;
}

export function clusterApis(kubeconfig: string): ClusterApis {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  return {
    core: config.makeApiClient(CoreV1Api),
    apps: config.makeApiClient(AppsV1Api),
    extensions: config.makeApiClient(ApiextensionsV1Api),
    customObjects: config.makeApiClient(CustomObjectsApi),
    objects: KubernetesObjectApi.makeApiClient(config),
  };
}

/** The object, or undefined where the API has none. */
export async function found<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return undefined;
    throw error;
  }
}

/** Whether the API refused because such an object is there. */
export const isConflict = (error: unknown): boolean => error instanceof ApiException && error.code === 409;
