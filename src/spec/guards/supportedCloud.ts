import type { Guard } from './Guard.js';

/** Clouds whose modules this version has. */
export const supportedCloud: Guard = (spec) =>
  spec.cloud === 'aws'
    ? []
    : [
        {
          path: 'cloud',
          message: `${spec.cloud} is not yet in this version; the only cloud it has modules for is aws`,
        },
      ];
