import { EventBridgeClient, ListRulesCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AwsClients, awsClients } from '../../../src/clouds/aws/awsClients.js';
import { findScheduleRules, removeScheduleRules } from '../../../src/clouds/aws/scheduleRules.js';
import { type MotoServer, region, startMotoServer } from './motoServer.js';

const research = { name: 'research', region };
let moto: MotoServer;
let clients: AwsClients;
let events: EventBridgeClient;

beforeAll(async () => {
  moto = await startMotoServer();
  clients = awsClients();
  events = clients(EventBridgeClient, region);
});
afterAll(() => moto?.stop());
beforeEach(() => moto.reset());

/** As FlyteAdmin makes them: a rule, and the scheduler's queue as its target. */
async function makeRule(Name: string) {
  await events.send(new PutRuleCommand({ Name, ScheduleExpression: 'rate(1 hour)', State: 'ENABLED' }));
  const Arn = `arn:aws:sqs:${region}:123456789012:hangar-research-scheduler`;
  await events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 'flyteadmin', Arn }] }));
}

async function ruleNames() {
  return ((await events.send(new ListRulesCommand({}))).Rules ?? []).map(({ Name }) => Name);
}

describe('schedule rules', () => {
  it('removes those of the deployment, and none of one whose name begins the same', async () => {
    for (const name of ['hangar-research_1', 'hangar-research_2', 'hangar-research-two_1', 'hangar-research2_1']) {
      await makeRule(name);
    }
    expect((await findScheduleRules(clients, research)).map(({ resource }) => resource).sort()).toEqual([
      'EventBridge rule hangar-research_1',
      'EventBridge rule hangar-research_2',
    ]);
    expect(await removeScheduleRules(clients, research)).toEqual([]);
    expect((await ruleNames()).sort()).toEqual(['hangar-research-two_1', 'hangar-research2_1']);
  });

  it('tolerates that there are none', async () => {
    expect(await removeScheduleRules(clients, research)).toEqual([]);
  });

  it('tells of a rule that is there by its ARN', async () => {
    await makeRule('hangar-research_7');
    expect(await findScheduleRules(clients, research)).toEqual([
      expect.objectContaining({ step: 'flyte', id: `arn:aws:events:${region}:123456789012:rule/hangar-research_7` }),
    ]);
  });
});
