import https from 'node:https';
import {
  ApiextensionsV1Api,
  AppsV1Api,
  BatchV1Api,
  CoreV1Api,
  CustomObjectsApi,
  createConfiguration,
  KubeConfig,
  KubernetesObjectApi,
  NetworkingV1Api,
  type RequestContext,
  ServerConfiguration,
  StorageV1Api,
  wrapHttpLibrary,
} from '@kubernetes/client-node';
import type { ClusterAccess } from './ClusterAccess.js';
import { cachedToken } from './cachedToken.js';
import { apiFailure, classifyKubernetesError } from './classifyKubernetesError.js';
import { sendRequest } from './sendRequest.js';

export interface KubernetesClientOptions {
  /** For one request, in milliseconds; default 30 000. */
  readonly timeoutMs?: number;
  /** Ends every request under way when aborted. */
  readonly signal?: AbortSignal;
}

/** The APIs of one cluster. Every failure is a HangarError from {@link classifyKubernetesError}. */
export interface KubernetesClient {
  readonly access: ClusterAccess;
  readonly core: CoreV1Api;
  readonly apps: AppsV1Api;
  readonly batch: BatchV1Api;
  readonly networking: NetworkingV1Api;
  readonly storage: StorageV1Api;
  readonly extensions: ApiextensionsV1Api;
  readonly customObjects: CustomObjectsApi;
  /** Any kind of object, by its apiVersion and kind. */
  readonly objects: KubernetesObjectApi;
  /** For websockets (port-forward): carries the same credentials. */
  readonly kubeConfig: KubeConfig;
  /** Closes idle connections. */
  close(): void;
}

/**
 * A client for the cluster behind `access`. Connections are kept and reused; the token is asked for again a minute
 * before it expires, and once more when the API refuses it.
 */
export function kubernetesClient(access: ClusterAccess, options: KubernetesClientOptions = {}): KubernetesClient {
  const agent = new https.Agent({ ca: access.certificateAuthority, keepAlive: true, maxSockets: 16 });
  const token = cachedToken(access);
  const timeoutMs = options.timeoutMs ?? 30_000;

  const attempt = (request: RequestContext) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
    return sendRequest(request, { agent, signal });
  };
  const authorize = async (request: RequestContext) =>
    request.setHeaderParam('Authorization', `Bearer ${await token.get()}`);

  const httpApi = wrapHttpLibrary({
    async send(request) {
      try {
        let response = await attempt(request);
        if (response.httpStatusCode === 401) {
          token.forget();
          await authorize(request);
          response = await attempt(request);
        }
        if (response.httpStatusCode < 300) return response;
        throw apiFailure(response.httpStatusCode, await response.body.text());
      } catch (error) {
        throw classifyKubernetesError(error, access);
      }
    },
  });
  const configuration = createConfiguration({
    baseServer: new ServerConfiguration(access.server, {}),
    httpApi,
    authMethods: {
      default: {
        getName: () => 'cluster token',
        applySecurityAuthentication: async (request) => {
          try {
            await authorize(request);
          } catch (error) {
            throw classifyKubernetesError(error, access);
          }
        },
      },
    },
  });

  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(
    {
      name: access.name,
      server: access.server,
      caData: Buffer.from(access.certificateAuthority).toString('base64'),
      skipTLSVerify: false,
    },
    { name: 'hangar' },
  );
  kubeConfig.addAuthenticator({
    isAuthProvider: () => true,
    applyAuthentication: async (_user, request) => {
      request.headers = { ...request.headers, Authorization: `Bearer ${await token.get()}` };
      // The library's types know nothing of the websocket's own option here.
      (request as { handshakeTimeout?: number }).handshakeTimeout = timeoutMs;
    },
  });

  return {
    access,
    core: new CoreV1Api(configuration),
    apps: new AppsV1Api(configuration),
    batch: new BatchV1Api(configuration),
    networking: new NetworkingV1Api(configuration),
    storage: new StorageV1Api(configuration),
    extensions: new ApiextensionsV1Api(configuration),
    customObjects: new CustomObjectsApi(configuration),
    objects: new KubernetesObjectApi(configuration),
    kubeConfig,
    close: () => agent.destroy(),
  };
}
