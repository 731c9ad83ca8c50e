import path from 'node:path';
import { DescribeDBClustersCommand } from '@aws-sdk/client-rds';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { AwsClients } from './AwsClients.js';
import type { ClusterApis } from './ClusterApis.js';
import type { Installation } from './Installation.js';
import { mountedFiles } from './mountedFiles.js';
import { StandInError } from './StandInError.js';

/**
 * What FlyteAdmin finds out by connecting: that a database cluster has the configured address, user and database, and
 * that the mounted password is the one that the cloud's secret store holds for it.
 * @throws StandInError that says what disagrees, without the passwords
 */
export async function checkDatabase(
  installation: Installation,
  apis: ClusterApis,
  { rds, secrets }: Pick<AwsClients, 'rds' | 'secrets'>,
): Promise<void> {
  const { host, port, dbname, username, passwordPath, options } = installation.admin.section('database');
  const refuse = (reason: string) => new StandInError('internal', `database ${host}:${port}: ${reason}`);

  const { DBClusters = [] } = await rds.send(new DescribeDBClustersCommand({}));
  const cluster = DBClusters.find(({ Endpoint }) => Endpoint === host);
  if (!cluster) throw refuse('there is no database cluster of that address');
  if (cluster.Port !== port) throw refuse(`the cluster listens on port ${cluster.Port}`);
  if (cluster.DatabaseName !== dbname)
    throw refuse(`the cluster has no database ${dbname} but ${cluster.DatabaseName}`);
  if (!/\bsslmode=(require|verify-ca|verify-full)\b/.test(options ?? '')) {
    throw refuse('the cluster takes encrypted connections only');
  }

  const secretArn = cluster.MasterUserSecret?.SecretArn;
  if (!secretArn) throw refuse('the cluster has no managed master secret');
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: secretArn }));
  // The user's name comes from the cluster: the emulator writes "admin" into every secret.
  const { password } = JSON.parse(SecretString ?? '{}') as { password?: string };
  const { dir, base } = path.posix.parse(passwordPath);
  const mounted = (await mountedFiles(apis, installation.adminDeployment, dir)).get(base);
  if (mounted === undefined) throw refuse(`the mounted secret has no ${base}`);
  if (cluster.MasterUsername !== username || password !== mounted) {
    throw refuse(`password authentication failed for user "${username}"`);
  }
}
