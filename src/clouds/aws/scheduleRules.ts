import {
  DeleteRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  RemoveTargetsCommand,
  type Rule,
} from '@aws-sdk/client-eventbridge';
import type { Leftover } from '../../graph/StepRequest.js';
import type { DeploymentSpec } from '../../spec/DeploymentSpec.js';
import type { AwsClients } from './awsClients.js';
import { callAws } from './callAws.js';

type Owner = Pick<DeploymentSpec, 'name' | 'region'>;

const gone = { absent: ['ResourceNotFoundException'] };

/**
 * The EventBridge rules that FlyteAdmin made for schedules. They carry no tags; it names them `<prefix>_<number>`, with
 * the prefix of terraform/aws/queues. Deployment names have no `_`, so that no other deployment's name fits.
 */
export async function findScheduleRules(clients: AwsClients, owner: Owner): Promise<Leftover[]> {
  return (await scheduleRules(clients, owner)).map(({ Name, Arn }) => ({
    step: 'flyte',
    resource: `EventBridge rule ${Name}`,
    ...(Arn ? { id: Arn } : {}),
    reason: 'made by FlyteAdmin for a schedule and still there',
  }));
}

/**
 * Removes those rules, each after its targets (a rule with targets cannot be deleted); tolerates that there are none.
 * To be called when FlyteAdmin is gone: it would make new ones.
 * @returns the rules that are still there
 */
export async function removeScheduleRules(clients: AwsClients, owner: Owner): Promise<Leftover[]> {
  const client = clients(EventBridgeClient, owner.region);
  for (const { Name } of await scheduleRules(clients, owner)) await removeRule(client, Name!);
  return findScheduleRules(clients, owner);
}

async function scheduleRules(clients: AwsClients, { name, region }: Owner): Promise<Rule[]> {
  const client = clients(EventBridgeClient, region);
  const found: Rule[] = [];
  let NextToken: string | undefined;
  do {
    const page = await callAws('events:ListRules', () =>
      client.send(new ListRulesCommand({ NamePrefix: `hangar-${name}_`, NextToken })),
    );
    found.push(...(page.Rules ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

async function removeRule(client: EventBridgeClient, Rule: string): Promise<void> {
  // A rule has five targets at the most: one page.
  const targets = await callAws(
    'events:ListTargetsByRule',
    () => client.send(new ListTargetsByRuleCommand({ Rule })),
    gone,
  );
  const Ids = (targets?.Targets ?? []).map(({ Id }) => Id!);
  if (Ids.length > 0) {
    await callAws('events:RemoveTargets', () => client.send(new RemoveTargetsCommand({ Rule, Ids })), gone);
  }
  await callAws('events:DeleteRule', () => client.send(new DeleteRuleCommand({ Name: Rule })), gone);
}
