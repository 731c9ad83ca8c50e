import type { CloudName } from '../DeploymentSpec.js';
import type { Guard } from './Guard.js';

const formats: Record<CloudName, { pattern: RegExp; message: string }> = {
  // https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html
  aws: { pattern: /^\d{12}$/, message: 'an AWS account is 12 digits, as "123456789012"' },
  // https://cloud.google.com/resource-manager/docs/creating-managing-projects
  gcp: {
    pattern: /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    message: 'a GCP project id is 6 to 30 lower-case letters, digits and hyphens',
  },
  // https://learn.microsoft.com/azure/azure-portal/get-subscription-tenant-id
  azure: {
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    message: 'an Azure subscription id is a UUID',
  },
};

/** The account is written as its cloud writes it. */
export const accountFormat: Guard = ({ cloud, account }) => {
  if (formats[cloud].pattern.test(account)) return [];
  const digits = account.replace(/[- ]/g, '');
  return [
    {
      path: 'account',
      message: formats[cloud].message,
      ...(cloud === 'aws' && formats.aws.pattern.test(digits) ? { suggestion: digits } : {}),
    },
  ];
};
