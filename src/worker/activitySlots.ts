import os from 'node:os';
import process from 'node:process';
import type { Settings } from '../settings/Settings.js';

const mebibyte = 1024 ** 2;
/** Resident memory of a step at its peak, measured: 460 MB the AWS provider 5.100, up to 235 MB terraform 1.11. */
const bytesPerActivity = 700 * mebibyte;
/** Left to the worker itself and the system. */
const reservedBytes = 1024 * mebibyte;
const fewest = 2;
const most = 100;

/** How many activities a worker runs at once: the setting, else as many as its memory holds. */
export function activitySlots(settings: Pick<Settings, 'workerSlots'>, memory = availableMemory()): number {
  if (settings.workerSlots !== undefined) return settings.workerSlots;
  return Math.min(most, Math.max(fewest, Math.floor((memory - reservedBytes) / bytesPerActivity)));
}

/** Bytes of memory this process may use: the machine's, or its container's where that is less. */
function availableMemory(): number {
  const constrained = process.constrainedMemory?.() ?? 0;
  // Without a limit some systems answer 0, others a number far beyond the machine.
  return constrained > 0 ? Math.min(constrained, os.totalmem()) : os.totalmem();
}
