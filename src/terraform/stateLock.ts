/** How long terraform itself waits for a lock that somebody holds for a moment. */
export const lockTimeout = '-lock-timeout=10s';
