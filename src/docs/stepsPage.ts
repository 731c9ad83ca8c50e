import { buildGraph } from '../graph/buildGraph.js';
import { criticalPath } from '../graph/criticalPath.js';
import { describeGraph } from '../graph/describeGraph.js';
import type { StepKind } from '../graph/Step.js';
import { parseSpec } from '../spec/parseSpec.js';
import { generatedNote, markdownTable } from './markdownTable.js';

const kinds: Record<StepKind, string> = {
  cloud: 'cloud API',
  terraform: 'Terraform module',
  helm: 'Helm chart',
  kubernetes: 'Kubernetes API',
  checks: 'checks',
};

/** docs/steps.md */
export function stepsPage(): string {
  const spec = parseSpec({
    ...{ version: 1, name: 'research', cloud: 'aws', region: 'us-east-1', account: '123456789012' },
    domain: 'flyte.example.com',
  });
  const steps = buildGraph(spec);
  const path = criticalPath(steps);
  const rows = steps.map((step) => [
    step.name,
    kinds[step.kind],
    step.title,
    step.after.join(', '),
    `${step.typicalSeconds} s`,
    step.unmake ? `\`${step.unmake}\`` : '–',
  ]);
  return [
    '# Steps',
    '',
    generatedNote('src/graph/buildGraph.ts and src/docs/stepsPage.ts'),
    '',
    'A deployment is made in steps. A step starts the moment all that it needs stands; there are no stages. Destruction goes',
    'the other way round, at full parallelism too. Each Terraform step has a state of its own in the state bucket,',
    '`deployments/<name>/<step>.tfstate`.',
    '',
    markdownTable(['step', 'made by', 'what', 'after', 'usually', 'unmade by'], rows),
    '',
    'The usual durations are published figures and estimates for AWS, with their sources in `src/graph/typicalSeconds.ts`;',
    `nothing waits or fails by them. Along the longest chain (bold below) they add up to ${Math.round(path.seconds / 60)} minutes.`,
    '',
    '- `bootstrap` is shared by all deployments of an account and region. It is kept when the last one goes;',
    '  `hangar bootstrap --delete` removes it when it is empty.',
    '- `dns` and `records` are left out without a `domain`, `egress` with an existing network: nothing is to be done.',
    '- An existing network, cluster, bucket or zone keeps its step, which only looks it up; destruction leaves it alone.',
    '- `flyte` waits for `dns` because its ingress names the certificate; and the certificate cannot be deleted while a',
    '  load balancer uses it.',
    '',
    '```mermaid',
    describeGraph(steps),
    '```',
    '',
  ].join('\n');
}
