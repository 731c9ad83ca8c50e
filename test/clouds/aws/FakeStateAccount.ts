import type { AwsClients } from '../../../src/clouds/aws/awsClients.js';

interface FakeStack {
  id: string;
  status: string;
  version?: string;
  createdAt: Date;
}

/**
 * Stands in for CloudFormation and S3 where the emulator does not do as AWS does: failed creations, imports of buckets,
 * stacks in every state. One stack name, one bucket; what is asked changes the state at once.
 */
export class FakeStateAccount {
  stack?: FakeStack;
  bucket: 'absent' | 'ours' | 'untagged' | 'foreign' = 'absent';
  /** The next creation fails for this reason. */
  failure?: string;
  /** Names of the calls that changed something, in order. */
  readonly calls: string[] = [];
  /** Runs before each call: what somebody else does meanwhile. */
  meanwhile: (call: string) => void = () => {};
  #made = 0;
  #versioning = 'Enabled';

  readonly clients = Object.assign(() => ({ send: (command: object) => this.#answer(command) }), {
    credentials: () => Promise.reject(new Error('not needed')),
  }) as unknown as AwsClients;

  /** Puts a stack there, as an earlier run or another person left it. */
  put(status: string, { version = '1', age = 3_600_000 } = {}): FakeStack {
    this.#made++;
    this.stack = { id: `arn:stack/${this.#made}`, status, version, createdAt: new Date(Date.now() - age) };
    return this.stack;
  }

  async #answer(command: object): Promise<unknown> {
    const call = command.constructor.name.replace(/Command$/, '');
    const input = (command as { input: { StackName?: string } }).input;
    this.meanwhile(call);
    if (/^(Create|Update|Delete|Execute|Put)/.test(call)) this.calls.push(call);
    switch (call) {
      case 'DescribeStacks': {
        const asked = input.StackName;
        if (!this.stack || (asked?.startsWith('arn:') && asked !== this.stack.id))
          throw fault('ValidationError', 'does not exist');
        const { id, status, version, createdAt } = this.stack;
        const Outputs = version ? [{ OutputKey: 'TemplateVersion', OutputValue: version }] : [];
        return { Stacks: [{ StackId: id, StackStatus: status, CreationTime: createdAt, Outputs }] };
      }
      case 'CreateStack':
        if (this.stack) throw fault('AlreadyExistsException', 'Stack [hangar-state] already exists');
        if (this.failure) return { StackId: this.put('ROLLBACK_COMPLETE').id };
        this.bucket = 'ours';
        return { StackId: this.put('CREATE_COMPLETE').id };
      case 'CreateChangeSet':
        if (this.stack)
          throw fault('ValidationError', 'Stack [hangar-state] already exists and cannot be created again');
        return { Id: 'arn:change', StackId: this.put('REVIEW_IN_PROGRESS', { age: 0 }).id };
      case 'DescribeChangeSet':
        return { Status: 'CREATE_COMPLETE' };
      case 'ExecuteChangeSet':
        this.stack!.status = 'CREATE_COMPLETE';
        return {};
      case 'UpdateStack':
        Object.assign(this.stack!, { status: 'UPDATE_COMPLETE', version: '1' });
        return { StackId: this.stack!.id };
      case 'DeleteStack':
        if (input.StackName === this.stack?.id) this.stack = undefined;
        return {};
      case 'DescribeStackEvents':
        return {
          StackEvents: [
            {
              LogicalResourceId: 'Policy',
              ResourceStatus: 'CREATE_FAILED',
              ResourceStatusReason: 'Resource creation cancelled',
            },
            { LogicalResourceId: 'StateBucket', ResourceStatus: 'CREATE_FAILED', ResourceStatusReason: this.failure },
          ],
        };
      case 'HeadBucket':
        if (this.bucket === 'absent') throw fault('NotFound', '', 404);
        if (this.bucket === 'foreign') throw fault('Unknown', '', 403);
        return {};
      case 'GetBucketTagging':
        if (this.bucket !== 'ours') throw fault('NoSuchTagSet', '');
        return { TagSet: [{ Key: 'hangar:state', Value: 'true' }] };
      case 'GetBucketVersioning':
        return { Status: this.#versioning };
      case 'GetPublicAccessBlock':
        return {
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
        };
      case 'DeleteBucketPolicy':
        return {};
      default:
        throw new Error(`the stand-in does not know ${call}`);
    }
  }
}

function fault(name: string, message: string, httpStatusCode = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}
