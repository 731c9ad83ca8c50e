/** A failure that FlyteAdmin's API answers with: a gRPC code and its HTTP status. */
export class StandInError extends Error {
  override readonly name = 'StandInError';
  readonly status: number;
  /** https://grpc.io/docs/guides/status-codes/ */
  readonly code: number;

  constructor(kind: keyof typeof kinds, message: string) {
    super(message);
    [this.status, this.code] = kinds[kind];
  }
}

const kinds = {
  invalid: [400, 3],
  notFound: [404, 5],
  exists: [409, 6],
  internal: [500, 13],
  unavailable: [503, 14],
} as const;
