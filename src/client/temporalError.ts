import { isGrpcDeadlineError, isGrpcServiceError } from '@temporalio/client';
import { HangarError } from '../errors/HangarError.js';
import type { Settings } from '../settings/Settings.js';

/** gRPC status codes: https://grpc.io/docs/guides/status-codes/ */
const grpc = { permissionDenied: 7, unauthenticated: 16 } as const;

/** What keeps the client from Temporal, as an HGR-601; a HangarError stays what it is. */
export function temporalError(error: unknown, settings: Settings): HangarError {
  if (error instanceof HangarError) return error;
  const { temporalAddress: address, temporalNamespace: namespace } = settings;
  const cause = causeOf(error);
  const refused =
    isGrpcServiceError(cause) && (cause.code === grpc.permissionDenied || cause.code === grpc.unauthenticated);
  const details = isGrpcServiceError(cause) ? cause.details : cause instanceof Error ? cause.message : String(cause);
  const reason = isGrpcDeadlineError(cause) ? 'no answer in time' : details;
  return new HangarError('HGR-601', `Temporal at ${address}, namespace ${namespace}, cannot be reached: ${reason}`, {
    resource: address,
    next: refused
      ? 'Check TEMPORAL_API_KEY and TEMPORAL_NAMESPACE.'
      : 'Start it (hangar local up, or docker compose up), or set TEMPORAL_ADDRESS to where it is.',
    cause: error,
  });
}

/** Temporal's client wraps gRPC's error in one of its own. */
function causeOf(error: unknown): unknown {
  const inner = error instanceof Error ? error.cause : undefined;
  return inner instanceof Error && isGrpcServiceError(inner) ? inner : error;
}
