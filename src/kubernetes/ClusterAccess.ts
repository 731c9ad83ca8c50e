/** How to reach one Kubernetes cluster. The token lives in memory only; it is asked for again before it expires. */
export interface ClusterAccess {
  readonly name: string;
  /** `https://…` */
  readonly server: string;
  /** PEM. */
  readonly certificateAuthority: string;
  token(): Promise<{ token: string; expiresAt: Date }>;
}
