import type { Guard, SpecProblem } from './Guard.js';

/**
 * What the single binary and the clouds cannot do. The binary serves the console itself and can turn off only
 * DataCatalog and its own scheduler: https://github.com/flyteorg/flyte/blob/master/cmd/single/config.go
 */
export const flyteDistribution: Guard = ({ cloud, flyte }) => {
  const problems: SpecProblem[] = [];
  const { console, scheduler } = flyte.components;
  if (flyte.distribution === 'binary' && !console) {
    problems.push({
      path: 'flyte.components.console',
      message: 'the binary distribution always serves the console; use distribution core to leave it out',
    });
  }
  if (cloud !== 'aws' && scheduler === 'cloud') {
    problems.push({
      path: 'flyte.components.scheduler',
      message: `FlyteAdmin has no cloud scheduler for ${cloud}; use native`,
    });
  }
  return problems;
};
