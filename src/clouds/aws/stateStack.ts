import { setTimeout as sleep } from 'node:timers/promises';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { HangarError } from '../../errors/HangarError.js';
import type { AwsClients } from './awsClients.js';
import { callAws } from './callAws.js';
import { redactAws } from './redactAws.js';
import { stateBucketTag } from './stateStackTemplate.js';

const stackName = 'hangar-state';
const pollMs = 1_500;
/** A bucket and its policy take half a minute; a stack that is still at it after this is stuck. */
const patienceMs = 10 * 60_000;
/** A stack whose change set nobody has executed for this long was left by a process that died. */
const abandonedMs = 2 * 60_000;

/** The state stack as CloudFormation describes it. */
export interface StackState {
  readonly id: string;
  readonly status: string;
  /** The template's version; 0 for a stack without the output. */
  readonly version: number;
}

/** The operations on the state stack of one account and region; each waits until the stack is at rest. */
export interface StateStack {
  /** At rest; undefined when there is none. */
  settled(signal?: AbortSignal): Promise<StackState | undefined>;
  /** Gives false when somebody else has made a stack meanwhile. Throws HGR-701 with CloudFormation's reasons. */
  create(template: string, signal?: AbortSignal): Promise<boolean>;
  /** Makes the stack around a bucket that is already there; as {@link create}. */
  adopt(template: string, signal?: AbortSignal): Promise<boolean>;
  update(template: string, signal?: AbortSignal): Promise<void>;
  /** By its id, so that a stack made since by somebody else stays. */
  delete(stack: StackState, signal?: AbortSignal): Promise<void>;
}

const Tags = [{ Key: stateBucketTag, Value: 'true' }];
const broken =
  /^(CREATE_FAILED|ROLLBACK_|DELETE_FAILED|UPDATE_ROLLBACK_|UPDATE_FAILED|IMPORT_ROLLBACK_|DELETE_COMPLETE)/;

export function stateStack(clients: AwsClients, region: string): StateStack {
  const formation = clients(CloudFormationClient, region);

  const describe = async (name: string): Promise<(StackState & { createdAt: number }) | undefined> => {
    try {
      const { Stacks } = await formation.send(new DescribeStacksCommand({ StackName: name }));
      const stack = Stacks?.[0];
      if (!stack?.StackId || stack.StackStatus === 'DELETE_COMPLETE') return undefined;
      const version = stack.Outputs?.find((output) => output.OutputKey === 'TemplateVersion')?.OutputValue;
      return {
        id: stack.StackId,
        status: stack.StackStatus ?? '',
        version: Number(version ?? 0),
        createdAt: stack.CreationTime?.getTime() ?? 0,
      };
    } catch (error) {
      if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message))
        return undefined;
      return callAws('cloudformation:DescribeStacks', () => Promise.reject(error), { otherwise: 'HGR-701' });
    }
  };

  const settled = async (name: string, signal?: AbortSignal): Promise<StackState | undefined> => {
    for (const end = Date.now() + patienceMs; ; await sleep(pollMs, undefined, { signal })) {
      const stack = await describe(name);
      const inReview = stack?.status === 'REVIEW_IN_PROGRESS';
      if (!stack?.status.endsWith('_IN_PROGRESS') || (inReview && Date.now() - stack.createdAt > abandonedMs))
        return stack;
      if (Date.now() > end) {
        throw new HangarError('HGR-701', `the stack ${stackName} is ${stack.status} for ten minutes`, {
          resource: stack.id,
          next: `Look at the stack ${stackName} in the CloudFormation console of ${region}.`,
        });
      }
    }
  };

  /** What CloudFormation said of the resources that failed, first things first. */
  const reasons = async (id: string): Promise<string> => {
    const { StackEvents = [] } = await callAws(
      'cloudformation:DescribeStackEvents',
      () => formation.send(new DescribeStackEventsCommand({ StackName: id })),
      { otherwise: 'HGR-701' },
    );
    return StackEvents.filter(
      (event) => event.ResourceStatus?.endsWith('_FAILED') && !/cancelled/.test(event.ResourceStatusReason ?? ''),
    )
      .reverse()
      .map(
        (event) => `${event.LogicalResourceId}: ${redactAws(event.ResourceStatusReason ?? event.ResourceStatus ?? '')}`,
      )
      .join('; ');
  };

  const expectGood = async (id: string, doing: string, signal?: AbortSignal): Promise<void> => {
    const stack = await settled(id, signal);
    if (stack && !broken.test(stack.status)) return;
    throw new HangarError(
      'HGR-701',
      `${doing} the stack ${stackName} failed: ${(await reasons(id)) || 'no reason given'}`,
      {
        resource: id,
        next: `Look at the events of the stack ${stackName} in the CloudFormation console of ${region}, and repeat.`,
      },
    );
  };

  return {
    settled: (signal) => settled(stackName, signal),

    async create(TemplateBody, signal) {
      const made = await callAws(
        'cloudformation:CreateStack',
        () => formation.send(new CreateStackCommand({ StackName: stackName, TemplateBody, Tags })),
        { otherwise: 'HGR-701', absent: ['AlreadyExistsException'] },
      );
      if (!made?.StackId) return false;
      await expectGood(made.StackId, 'creating', signal);
      return true;
    },

    async adopt(TemplateBody, signal) {
      const ChangeSetName = `adopt-${Date.now()}`;
      const change = await callAws(
        'cloudformation:CreateChangeSet',
        () =>
          formation.send(
            new CreateChangeSetCommand({
              StackName: stackName,
              ChangeSetName,
              ChangeSetType: 'CREATE',
              ImportExistingResources: true,
              TemplateBody,
              Tags,
            }),
          ),
        // ValidationError: a stack of that name has appeared.
        { otherwise: 'HGR-701', absent: ['AlreadyExistsException', 'ValidationError'] },
      );
      if (!change?.Id || !change.StackId) return false;
      for (const end = Date.now() + patienceMs; ; await sleep(pollMs, undefined, { signal })) {
        const set = await callAws(
          'cloudformation:DescribeChangeSet',
          () => formation.send(new DescribeChangeSetCommand({ ChangeSetName: change.Id, StackName: change.StackId })),
          { otherwise: 'HGR-701' },
        );
        if (set.Status === 'CREATE_COMPLETE') break;
        if (set.Status === 'FAILED' || Date.now() > end) {
          throw new HangarError(
            'HGR-701',
            `the state bucket could not be taken into a stack: ${redactAws(set.StatusReason ?? set.Status ?? '')}`,
            {
              resource: change.StackId,
              next: `Look at the stack ${stackName} in the CloudFormation console of ${region}.`,
            },
          );
        }
      }
      await callAws(
        'cloudformation:ExecuteChangeSet',
        () => formation.send(new ExecuteChangeSetCommand({ ChangeSetName: change.Id, StackName: change.StackId })),
        { otherwise: 'HGR-701' },
      );
      await expectGood(change.StackId, 'adopting the bucket into', signal);
      return true;
    },

    async update(TemplateBody, signal) {
      try {
        const { StackId } = await formation.send(new UpdateStackCommand({ StackName: stackName, TemplateBody, Tags }));
        await expectGood(StackId ?? stackName, 'updating', signal);
      } catch (error) {
        // Another process was faster: nothing is left to update, or its update is under way.
        if (error instanceof Error && error.name === 'ValidationError' && /No updates|_IN_PROGRESS/.test(error.message))
          return;
        await callAws('cloudformation:UpdateStack', () => Promise.reject(error), { otherwise: 'HGR-701' });
      }
    },

    async delete(stack, signal) {
      await callAws(
        'cloudformation:DeleteStack',
        () => formation.send(new DeleteStackCommand({ StackName: stack.id })),
        {
          otherwise: 'HGR-701',
        },
      );
      const after = await settled(stack.id, signal);
      if (!after) return;
      throw new HangarError(
        'HGR-701',
        `deleting the stack ${stackName} failed: ${(await reasons(stack.id)) || after.status}`,
        {
          resource: stack.id,
          next: `Look at the events of the stack ${stackName} in the CloudFormation console of ${region}, and repeat.`,
        },
      );
    },
  };
}
