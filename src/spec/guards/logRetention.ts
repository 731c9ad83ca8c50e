import type { Guard } from './Guard.js';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const cloudWatchDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** CloudWatch keeps logs for certain numbers of days only. */
export const logRetention: Guard = ({ cloud, cluster }) => {
  const days = cluster.logRetentionDays;
  if (cloud !== 'aws' || cloudWatchDays.includes(days)) return [];
  const longer = cloudWatchDays.find((each) => each > days) ?? cloudWatchDays.at(-1);
  return [
    {
      path: 'cluster.logRetentionDays',
      message: `CloudWatch does not keep logs for ${days} days; it takes ${cloudWatchDays.join(', ')}`,
      suggestion: String(longer),
    },
  ];
};
