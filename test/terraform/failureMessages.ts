import type { ErrorCode } from '../../src/errors/errorCodes.js';

/** A message as terraform or the AWS provider gave it to somebody: in a public issue, or on this machine. */
export interface FailureMessage {
  readonly code: ErrorCode;
  readonly summary: string;
  readonly detail?: string;
}

const list = (code: ErrorCode, messages: (string | [summary: string, detail: string])[]): FailureMessage[] =>
  messages.map((message) =>
    typeof message === 'string' ? { code, summary: message } : { code, summary: message[0], detail: message[1] },
  );

/** Real messages by the code that they are to get. Ids are altered. */
export const failureMessages: readonly FailureMessage[] = [
  ...list('HGR-302', [
    [
      'Error acquiring the state lock',
      'Error message: operation error S3: PutObject, https response error StatusCode: 412, RequestID: , HostID: , api error PreconditionFailed: At least one of the pre-conditions you specified did not hold\nLock Info:\n  ID:        f9763602-b03f-e35c-da30-4083cdbb99ae\n  Path:      hangar-state/deployments/research/network.tfstate\n  Operation: OperationTypeApply\n  Who:       hangar@worker-1\n  Version:   1.11.4\n  Created:   2025-09-27 00:10:27.424064363 +0000 UTC\n  Info:      \n\n\nTerraform acquires a state lock to protect the state from being written\nby multiple users at the same time.',
    ],
    [
      'Error acquiring the state lock',
      'Error message: writing "gs://primary/default.tflock" failed: googleapi: Error 412: At least one of the pre-conditions you specified did not hold., conditionNotMet',
    ],
    ['Error acquiring the state lock', 'Error message: state blob is already locked'],
    [
      'Error acquiring the state lock',
      'Error message: ConditionalCheckFailedException: The conditional request failed',
    ],
    [
      'Saved plan is stale',
      'The given plan file can no longer be applied because the state was changed by another operation after the plan was created.',
    ],
  ]),
  ...list('HGR-303', [
    'reading ConfigService Organization Managed Rule (ALB_WAF_ENABLED): operation error Config Service: DescribeOrganizationConfigRules, failed to get rate limit token, retry quota exceeded, 3 available, 5 requested',
    'creating EC2 Subnet: operation error EC2: CreateSubnet, exceeded maximum number of attempts, 25, https response error StatusCode: 503, RequestID: 21ad, api error RequestLimitExceeded: Request limit exceeded.',
    'listing tags for Route 53 Hosted Zone (Z0): operation error Route 53: ListTagsForResource, exceeded maximum number of attempts, 3, https response error StatusCode: 400, RequestID: 322c, api error Throttling: Rate exceeded',
    'creating Lambda Function: InvalidParameterValueException: Your request has been throttled by EC2, please make sure you have enough API rate limit. EC2 Error Code: RequestLimitExceeded. EC2 Error Message: Request limit exceeded.',
    'creating EKS Cluster (research): operation error EKS: CreateCluster, https response error StatusCode: 429, RequestID: 7d, ThrottlingException: Too many requests',
    'putting S3 Bucket (b) Policy: operation error S3: PutBucketPolicy, https response error StatusCode: 503, RequestID: A, HostID: B, api error SlowDown: Please reduce your request rate.',
    'creating IAM OIDC Provider: TooManyRequestsException: Too Many Requests',
  ]),
  ...list('HGR-306', [
    'creating EC2 VPC: operation error EC2: CreateVpc, https response error StatusCode: 400, RequestID: 9559ac7e, api error VpcLimitExceeded: The maximum number of VPCs has been reached.',
    'creating EC2 EIP: AddressLimitExceeded: The maximum number of addresses has been reached.\n\tstatus code: 400, request id: c50044a5',
    'creating EC2 NAT Gateway: operation error EC2: CreateNatGateway, https response error StatusCode: 400, RequestID: 8e, api error NatGatewayLimitExceeded: Performing this operation would exceed the limit of 5 NAT gateways',
    "waiting for EKS Node Group (c:workers) create: unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'. last error: eks-workers-74c1: AsgInstanceLaunchFailures: You've reached your quota for maximum Fleet Requests for this account. Launching EC2 instance failed.",
    "waiting for EKS Node Group (c:workers) create: unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'. last error: eks-workers: AsgInstanceLaunchFailures: Could not launch On-Demand Instances. VcpuLimitExceeded - You have requested more vCPU capacity than your current vCPU limit of 0 allows for the instance bucket that the specified instance type belongs to.",
    'creating RDS Cluster (hangar-research): operation error RDS: CreateDBCluster, https response error StatusCode: 400, RequestID: 1, DBClusterQuotaExceededFault: DB Cluster quota exceeded',
    'creating IAM Role (hangar-research): operation error IAM: CreateRole, https response error StatusCode: 409, RequestID: 2, LimitExceeded: Cannot exceed quota for RolesPerAccount: 1000',
    'creating S3 Bucket (b): operation error S3: CreateBucket, https response error StatusCode: 400, RequestID: 3, HostID: 4, api error TooManyBuckets: You have attempted to create more buckets than allowed',
    'creating EKS Cluster (c): operation error EKS: CreateCluster, https response error StatusCode: 400, RequestID: 5, ResourceLimitExceededException: Cluster count exceeded. Limit: 100',
  ]),
  ...list('HGR-305', [
    "waiting for EKS Node Group (c:gpu) create: unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'. last error: eks-gpu: AsgInstanceLaunchFailures: Could not launch On-Demand Instances. InsufficientInstanceCapacity - We currently do not have sufficient p4d.24xlarge capacity in the Availability Zone you requested (us-east-1a).",
    "creating EKS Cluster (c): operation error EKS: CreateCluster, https response error StatusCode: 400, RequestID: 6, UnsupportedAvailabilityZoneException: Cannot create cluster 'c' because us-east-1e, the targeted availability zone, does not currently have sufficient capacity to support the cluster.",
    'creating RDS Cluster (c) Instance (i): operation error RDS: CreateDBInstance, https response error StatusCode: 400, RequestID: 7, InsufficientDBInstanceCapacity: Cannot create a database instance because there are no availability zones with sufficient capacity for VPC and db.r6g.large',
    'creating EC2 Instance: operation error EC2: RunInstances, https response error StatusCode: 400, RequestID: 8, api error MaxSpotInstanceCountExceeded: Max spot instance count exceeded',
    'creating EKS Node Group: operation error EC2, api error InsufficientFreeAddressesInSubnet: There are not enough free addresses in subnet subnet-1',
  ]),
  ...list('HGR-308', [
    'creating EC2 VPC: operation error EC2: CreateVpc, https response error StatusCode: 403, RequestID: 27db932f, api error UnauthorizedOperation: You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/x is not authorized to perform: ec2:CreateVpc on resource: arn:aws:ec2:us-east-1:123456789012:vpc/* because no identity-based policy allows the ec2:CreateVpc action. Encoded authorization failure message: QXdPNaIegKKNwIX54FPmRmeyDRnNY5FRj5xftd0oRvzujmvMcr3GISKoV5XXyCBUB9f-Ho9lYnxBohCO3d09',
    'creating IAM Role (r): operation error IAM: CreateRole, https response error StatusCode: 403, RequestID: 9, api error AccessDenied: User: arn:aws:sts::123456789012:assumed-role/dev/x is not authorized to perform: iam:CreateRole on resource: role r with an explicit deny in a service control policy',
    'creating EKS Cluster (c): AccessDeniedException: User: x is not authorized to perform: eks:CreateCluster on resource: arn:aws:eks:us-east-1:123456789012:cluster/c',
    'reading S3 Bucket (b): operation error S3: HeadBucket, https response error StatusCode: 403, RequestID: 10, HostID: 11, api error Forbidden: Forbidden',
    [
      'Cannot assume IAM Role',
      'IAM Role (arn:aws:iam::123456789012:role/x) cannot be assumed.\n\nError: operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: 12, api error AccessDenied: User: y is not authorized to perform: sts:AssumeRole on resource: z',
    ],
  ]),
  ...list('HGR-201', [
    [
      'No valid credential sources found',
      'Please see https://registry.terraform.io/providers/hashicorp/aws\nfor more information about providing credentials.\n\nError: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, request send failed, Get "http://169.254.169.254/latest/meta-data/iam/security-credentials/": dial tcp 169.254.169.254:80: i/o timeout',
    ],
    'error configuring Terraform AWS Provider: no valid credential sources for Terraform AWS Provider found.',
    ['failed to get shared config profile, dev', ''],
  ]),
  ...list('HGR-202', [
    'reading EC2 VPC: operation error EC2: DescribeVpcs, https response error StatusCode: 400, RequestID: 13, api error RequestExpired: Request has expired.',
    'operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: 14, api error ExpiredToken: The security token included in the request is expired',
    [
      'Error refreshing state',
      'operation error S3: HeadObject, https response error StatusCode: 400, api error ExpiredToken: The provided token has expired.',
    ],
    [
      'No valid credential sources found',
      'Error: failed to refresh cached credentials, refresh cached SSO token failed, unable to refresh SSO token, operation error SSO OIDC: CreateToken, https response error StatusCode: 400, RequestID: 15, InvalidGrantException',
    ],
  ]),
  ...list('HGR-203', [
    ['AWS account ID not allowed: 210987654321', ''],
    ['Invalid provider configuration', 'AWS account ID not allowed: 210987654321'],
  ]),
  ...list('HGR-307', [
    'validating provider credentials: retrieving caller identity from STS: operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: 16, api error InvalidClientTokenId: The security token included in the request is invalid.',
    'reading EC2 Instances: operation error EC2: DescribeInstances, https response error StatusCode: 401, RequestID: 96860, api error AuthFailure: AWS was not able to validate the provided access credentials',
    'operation error S3: ListObjectsV2, https response error StatusCode: 403, RequestID: 17, HostID: 18, api error SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided.',
    'creating EC2 VPC: api error OptInRequired: You are not subscribed to this service. Please go to http://aws.amazon.com to subscribe.',
  ]),
  ...list('HGR-309', [
    [
      'Failed to install provider',
      "Error while installing hashicorp/aws v5.100.0: the local package for registry.terraform.io/hashicorp/aws 5.100.0 doesn't match any of the checksums previously recorded in the dependency lock file (this might be because the available checksums are for packages targeting different platforms)",
    ],
    [
      'Failed to query available provider packages',
      'Could not retrieve the list of available versions for provider hashicorp/aws: could not connect to registry.terraform.io: failed to request discovery document: Get "https://registry.terraform.io/.well-known/terraform.json": dial tcp: lookup registry.terraform.io: no such host',
    ],
    [
      'Failed to install provider',
      'Error while installing ns1/ns1 v2.0.0: could not query provider registry for registry.terraform.io/ns1/ns1: failed to retrieve authentication checksums for provider: 403 Forbidden returned from objects.githubusercontent.com',
    ],
    [
      'Required plugins are not installed',
      'The installed provider plugins are not consistent with the packages selected in the dependency lock file:\n  - registry.terraform.io/hashicorp/aws: the cached package for registry.terraform.io/hashicorp/aws 5.100.0 (in .terraform/providers) does not match any of the checksums recorded in the dependency lock file',
    ],
    [
      'Provider dependency changes detected',
      'Changes to the required provider dependencies were detected, but the lock file is read-only. To use and record these requirements, run "terraform init" without the "-lockfile=readonly" flag.',
    ],
    [
      'Inconsistent dependency lock file',
      'The following dependency selections recorded in the lock file are inconsistent',
    ],
    [
      'Unreadable module directory',
      'Unable to evaluate directory symlink: lstat ../../nowhere: no such file or directory',
    ],
    ['Module not installed', 'This module is not yet installed. Run "terraform init" to install all modules required.'],
  ]),
  ...list('HGR-802', [
    [
      'Unsupported Terraform Core version',
      'This configuration does not support Terraform version 1.9.8. To proceed, either choose another supported Terraform version or update this version constraint.',
    ],
  ]),
  ...list('HGR-311', [
    'reading EC2 VPC: operation error EC2: DescribeVpcs, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post "https://ec2.us-east-1.amazonaws.com/": dial tcp: lookup ec2.us-east-1.amazonaws.com: no such host',
    'operation error S3: HeadObject, https response error StatusCode: 0, RequestID: , HostID: , request send failed, Head "http://127.0.0.1:9/b/k": dial tcp 127.0.0.1:9: connect: connection refused',
    'reading EKS Cluster (c): operation error EKS: DescribeCluster, https response error StatusCode: 0, RequestID: , canceled, net/http: TLS handshake timeout',
    'creating RDS Cluster (c): operation error RDS: CreateDBCluster, https response error StatusCode: 500, RequestID: 19, api error InternalFailure: Internal Failure',
    'creating EKS Cluster (c): operation error EKS: CreateCluster, https response error StatusCode: 500, RequestID: 20, ServerException: Internal server error',
    'operation error SQS: GetQueueAttributes, request send failed, Post "https://sqs.eu-west-1.amazonaws.com/": x509: certificate signed by unknown authority',
    'read tcp 10.0.0.5:50000->52.0.0.1:443: read: connection reset by peer',
  ]),
  ...list('HGR-313', [
    'creating EKS Cluster (c): operation error EKS: CreateCluster, https response error StatusCode: 409, RequestID: 21, ResourceInUseException: Cluster already exists with name: c',
    'creating IAM Role (r): operation error IAM: CreateRole, https response error StatusCode: 409, RequestID: 22, EntityAlreadyExists: Role with name r already exists.',
    'creating S3 Bucket (b): operation error S3: CreateBucket, https response error StatusCode: 409, RequestID: 23, HostID: 24, BucketAlreadyExists: ',
    'creating S3 Bucket (b): BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it.',
    'creating CloudWatch Logs Log Group (/aws/eks/c/cluster): operation error CloudWatch Logs: CreateLogGroup, https response error StatusCode: 400, RequestID: 25, ResourceAlreadyExistsException: The specified log group already exists',
    'creating RDS Cluster (c): operation error RDS: CreateDBCluster, https response error StatusCode: 400, RequestID: 26, DBClusterAlreadyExistsFault: DB Cluster already exists',
    'creating KMS Alias (alias/c): operation error KMS: CreateAlias, https response error StatusCode: 400, RequestID: 27, AlreadyExistsException: An alias with the name arn:aws:kms:us-east-1:123456789012:alias/c already exists',
    'creating SQS Queue (q): operation error SQS: CreateQueue, https response error StatusCode: 400, RequestID: 28, QueueAlreadyExists: A queue already exists with the same name and a different value for attribute VisibilityTimeout',
    "creating Security Group (sg): operation error EC2: CreateSecurityGroup, https response error StatusCode: 400, RequestID: 29, api error InvalidGroup.Duplicate: The security group 'sg' already exists for VPC 'vpc-1'",
    'creating Route in Route Table (rtb-1) with destination (0.0.0.0/0): RouteAlreadyExists: Route in Route Table (rtb-1) with destination (0.0.0.0/0) already exists',
    "creating RDS DB Subnet Group (g): operation error RDS: CreateDBSubnetGroup, https response error StatusCode: 400, RequestID: 30, DBSubnetGroupAlreadyExists: The DB subnet group 'g' already exists.",
  ]),
  ...list('HGR-314', [
    "deleting EC2 Subnet (subnet-1): operation error EC2: DeleteSubnet, https response error StatusCode: 400, RequestID: 31, api error DependencyViolation: The subnet 'subnet-1' has dependencies and cannot be deleted.",
    'deleting EC2 Internet Gateway (igw-1): detaching EC2 Internet Gateway (igw-1) from VPC (vpc-1): api error DependencyViolation: Network vpc-1 has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.',
    'deleting IAM Role (r): operation error IAM: DeleteRole, https response error StatusCode: 409, RequestID: 32, DeleteConflict: Cannot delete entity, must detach all policies first.',
    'deleting S3 Bucket (b): operation error S3: DeleteBucket, https response error StatusCode: 409, RequestID: 33, HostID: 34, api error BucketNotEmpty: The bucket you tried to delete is not empty',
    'deleting Security Group (sg-1): operation error EC2: DeleteSecurityGroup, https response error StatusCode: 400, RequestID: 35, api error DependencyViolation: resource sg-1 has a dependent object',
    'deleting RDS Cluster (c): operation error RDS: DeleteDBCluster, https response error StatusCode: 400, RequestID: 36, InvalidDBClusterStateFault: Cluster cannot be deleted, it still contains DB instances in non-deleting state.',
    'deleting RDS Cluster Instance (i): InvalidDBInstanceState: Instance is already being deleted.',
    'deleting EKS Cluster (c): operation error EKS: DeleteCluster, https response error StatusCode: 409, RequestID: 37, ResourceInUseException: Cluster has nodegroups attached',
    'deleting Route53 Hosted Zone (Z1): operation error Route 53: DeleteHostedZone, https response error StatusCode: 400, RequestID: 38, HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
    'deleting ACM Certificate: operation error ACM: DeleteCertificate, https response error StatusCode: 400, RequestID: 39, ResourceInUseException: Certificate arn:aws:acm:us-east-1:123456789012:certificate/1 in account 123456789012 is in use.',
  ]),
  ...list('HGR-304', [
    "creating EC2 Route: operation error EC2: CreateRoute, https response error StatusCode: 400, RequestID: 40, api error InvalidNatGatewayID.NotFound: The natGateway ID 'nat-1' does not exist",
    "creating EC2 Subnet: api error InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist",
    "waiting for EC2 Subnet (subnet-1) create: couldn't find resource (21 retries)",
    'creating EKS Cluster (c): operation error EKS: CreateCluster, https response error StatusCode: 400, RequestID: 41, InvalidParameterException: The role with name r cannot be assumed by EKS',
    'setting IAM Role policy: MalformedPolicyDocument: Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:role/new"',
    'creating Amazon SESv2 Configuration Set Event Destination: operation error SESv2: CreateConfigurationSetEventDestination, https response error StatusCode: 400, RequestID: 42, BadRequestException: Could not assume IAM role <arn:aws:iam::123456789012:role/new>.',
    'attaching IAM Policy to IAM Role (r): operation error IAM: AttachRolePolicy, https response error StatusCode: 404, RequestID: 43, NoSuchEntity: The role with name r cannot be found.',
    'creating S3 Bucket (b): operation error S3: CreateBucket, https response error StatusCode: 409, RequestID: 44, HostID: 45, api error OperationAborted: A conflicting conditional operation is currently in progress against this resource. Please try again.',
    'creating SQS Queue (q): operation error SQS: CreateQueue, https response error StatusCode: 400, RequestID: 46, QueueDeletedRecently: You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    'creating EC2 Launch Template: InvalidParameterValue: Value (r) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name',
    [
      'Provider produced inconsistent result after apply',
      'When applying changes to aws_iam_role_policy.p, provider "provider[\\"registry.terraform.io/hashicorp/aws\\"]" produced an unexpected new value: Root object was present, but now absent.\n\nThis is a bug in the provider, which should be reported in the provider\'s own issue tracker.',
    ],
  ]),
  ...list('HGR-206', [
    'no matching EC2 VPC found',
    'no matching Route 53 Hosted Zone found',
    ['Resource postcondition failed', 'Subnet subnet-1 is in vpc-1, not in the given network vpc-2.'],
    [
      'Module output value precondition failed',
      'The given private subnets are all in one availability zone; EKS needs two at least.',
    ],
  ]),
  ...list('HGR-315', [
    "waiting for EKS Cluster (c) create: timeout while waiting for state to become 'ACTIVE' (last state: 'CREATING', timeout: 30m0s)",
    "waiting for RDS Cluster (c) delete: timeout while waiting for resource to be gone (last state: 'deleting', timeout: 2h0m0s)",
    "waiting for EC2 NAT Gateway (nat-1) create: timeout while waiting for state to become 'available' (last state: 'pending', timeout: 10m0s)",
    'waiting for ACM Certificate (arn:aws:acm:us-east-1:123456789012:certificate/1) to be issued: context deadline exceeded',
  ]),
  ...list('HGR-316', [
    [
      'Failed to save state',
      'Error saving state: failed to upload state: ExpiredToken: The provided token has expired.\n\tstatus code: 400, request id: 47, host id: 48',
    ],
    [
      'Failed to persist state to backend',
      'The error shown above has prevented Terraform from writing the updated state to the configured backend. To allow for recovery, the state has been written to the file "errored.tfstate" in the current working directory.',
    ],
    'failed to upload state: operation error S3: CreateMultipartUpload, https response error StatusCode: 400, RequestID: 49, HostID: 50, api error ExpiredToken: The provided token has expired.',
  ]),
  ...list('HGR-317', [
    [
      'Plugin did not respond',
      'The plugin encountered an error, and failed to respond to the plugin.(*GRPCProvider).UpgradeResourceState call. The plugin logs may contain more details.',
    ],
    ['Failed to instantiate provider "registry.terraform.io/hashicorp/aws"', 'Unrecognized remote plugin message: '],
    [
      'Provider produced inconsistent final plan',
      'When expanding the plan for aws_eks_node_group.n to include new values learned so far during apply, provider "registry.terraform.io/hashicorp/aws" produced an invalid new value.',
    ],
    'panic: runtime error: invalid memory address or nil pointer dereference',
  ]),
  ...list('HGR-301', [
    ['Unsupported argument', 'An argument named "subnets" is not expected here.'],
    ['Missing required argument', 'The argument "region" is required, but no definition was found.'],
    ['Reference to undeclared resource', 'A managed resource "aws_vpc" "main" has not been declared in module.step.'],
    ['No value for required variable', 'The root module input variable "cidr" is not set, and has no default value.'],
    [
      'Value for undeclared variable',
      'A variable named "nothing" was assigned on the command line, but the root module does not declare a variable of that name.',
    ],
    ['Invalid value for variable', 'cidr must be from /16 (the largest AWS allows) to /20.'],
    ['Resource precondition failed', 'The region has fewer than two availability zones that EKS and Aurora can use.'],
    [
      'Error in function call',
      'Call to function "cidrsubnet" failed: insufficient address space to extend prefix of 30 by 4.',
    ],
    ['expected "cidr_block" to be a valid CIDR Value, got 10.0.0.0: invalid CIDR address: 10.0.0.0', ''],
    ['Cycle: module.step.aws_security_group.a, module.step.aws_security_group.b', ''],
    [
      'Output refers to sensitive values',
      'To reduce the risk of accidentally exporting sensitive data, Terraform requires that any root module output containing sensitive data be explicitly marked as sensitive.',
    ],
    [
      'Instance cannot be destroyed',
      'Resource module.step.aws_rds_cluster.this has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed.',
    ],
    'creating RDS Cluster (c): operation error RDS: CreateDBCluster, https response error StatusCode: 400, RequestID: 51, api error InvalidParameterCombination: Cannot find version 99.1 for aurora-postgresql',
    "creating EC2 Subnet: operation error EC2: CreateSubnet, https response error StatusCode: 400, RequestID: 52, api error InvalidSubnet.Conflict: The CIDR '10.0.0.0/18' conflicts with another subnet",
    'creating EKS Cluster (c): operation error EKS: CreateCluster, https response error StatusCode: 400, RequestID: 53, InvalidParameterException: unsupported Kubernetes version',
    'deleting RDS Cluster (c): operation error RDS: DeleteDBCluster, https response error StatusCode: 400, RequestID: 54, api error InvalidParameterCombination: Cannot delete protected Cluster, please disable deletion protection and try again.',
  ]),
  ...list('HGR-399', [
    "waiting for EKS Node Group (c:n) create: unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'. last error: i-1, i-2: NodeCreationFailure: Instances failed to join the kubernetes cluster",
    'local-exec provisioner error',
  ]),
];
