/** The region for questions that any region answers (who am I), as the SDK's variables set it; else the oldest one. */
export function defaultRegion(): string {
  return process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || 'us-east-1';
}
