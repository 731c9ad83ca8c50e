import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Names one process among all machines for good. */
export interface ProcessIdentity {
  /** Host name, as terraform writes it in its locks too. */
  readonly host: string;
  /** The running system and process namespace within which `pid` means something; differs after a reboot. */
  readonly machine: string;
  readonly pid: number;
  /** When the process started, in the kernel's ticks: tells it from a later one of the same number. Empty where unknown. */
  readonly started: string;
}

const read = (reader: () => string): string => {
  try {
    return reader();
  } catch {
    // Not Linux, or the process is gone.
    return '';
  }
};

const machine = [
  hostname(),
  read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
  read(() => readlinkSync('/proc/self/ns/pid')),
].join(' ');

/** This process. */
export function thisProcess(): ProcessIdentity {
  return { host: hostname(), machine, pid: process.pid, started: startOf(process.pid) };
}

/** Whether a process is known to have ended. False where it runs, or where this machine cannot tell. */
export function hasEnded(other: ProcessIdentity): boolean {
  return other.machine === machine && (!isAlive(other.pid) || startOf(other.pid) !== other.started);
}

/** Whether a process of this machine is there; it may be another user's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html field 22; the second, in brackets, may hold spaces */
function startOf(pid: number): string {
  return read(() => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '');
}
