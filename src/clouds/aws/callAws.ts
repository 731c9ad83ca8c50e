import type { ErrorCode } from '../../errors/errorCodes.js';
import { classifyAwsError } from './classifyAwsError.js';

/**
 * Runs one call of the AWS SDK; its errors come out as HangarErrors.
 * @param action what is asked, as `s3:GetObject`: named in the error
 * @param options.absent names of errors that mean "not there": the result is then undefined
 * @param options.otherwise the code of an error that the table does not know
 * @throws AbortError, as it is, when the call was aborted
 */
export async function callAws<T>(
  action: string,
  call: () => Promise<T>,
  options?: { otherwise?: ErrorCode },
): Promise<T>;
export async function callAws<T>(
  action: string,
  call: () => Promise<T>,
  options: { otherwise?: ErrorCode; absent: readonly string[] },
): Promise<T | undefined>;
export async function callAws<T>(
  action: string,
  call: () => Promise<T>,
  options: { otherwise?: ErrorCode; absent?: readonly string[] } = {},
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    if (error instanceof Error && options.absent?.includes(error.name)) return undefined;
    throw classifyAwsError(error, action, options.otherwise);
  }
}
