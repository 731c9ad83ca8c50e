/** What terraform and its providers need of the worker's environment; everything else, TF_* above all, stays out. */
const inherited = [
  'PATH',
  'HOME',
  'TMPDIR',
  'LANG',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
] as const;

/**
 * The whole environment of a terraform process: an allow-list of the worker's own, the cloud's credentials and endpoints,
 * and terraform's settings for automation.
 * @see https://developer.hashicorp.com/terraform/cli/config/environment-variables
 */
export function terraformEnvironment(options: {
  readonly cloud: Readonly<Record<string, string>>;
  /** Path of the CLI configuration; without one a person's own `~/.terraformrc` is not read either. */
  readonly cliConfig?: string;
  readonly process?: NodeJS.ProcessEnv;
}): Record<string, string> {
  const source = options.process ?? process.env;
  const environment: Record<string, string> = {};
  for (const name of inherited) {
    const value = source[name];
    if (value !== undefined) environment[name] = value;
  }
  for (const [name, value] of Object.entries(options.cloud)) {
    if (!/^TF_/i.test(name)) environment[name] = value;
  }
  return {
    ...environment,
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: options.cliConfig ?? '/dev/null',
  };
}
