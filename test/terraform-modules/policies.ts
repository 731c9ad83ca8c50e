/** A statement of an IAM policy, every field a list. */
export interface Statement {
  readonly where: string;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: Readonly<Record<string, readonly string[]>>;
  readonly condition: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** What holds policies: a resource of a plan or a state. */
interface PolicyHolder {
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Every statement of every policy document that a resource carries. */
export function statementsOf({ address, values }: PolicyHolder): Statement[] {
  return ['policy', 'assume_role_policy'].flatMap((attribute) => {
    const text = values[attribute];
    if (typeof text !== 'string' || !text.startsWith('{')) return [];
    const { Statement: found } = JSON.parse(text) as { Statement: RawStatement | RawStatement[] };
    return list(found).map((statement) => parse(`${address} ${attribute}`, statement));
  });
}

interface RawStatement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Action?: string | string[];
  NotAction?: unknown;
  Resource?: string | string[];
  NotResource?: unknown;
  Principal?: string | Record<string, string | string[]>;
  Condition?: Record<string, Record<string, string | string[]>>;
}

function parse(where: string, raw: RawStatement): Statement {
  if (raw.NotAction || raw.NotResource) throw new Error(`${where} permits by exclusion`);
  const principal = typeof raw.Principal === 'string' ? { '*': raw.Principal } : (raw.Principal ?? {});
  return {
    where,
    ...(raw.Sid ? { sid: raw.Sid } : {}),
    effect: raw.Effect,
    actions: list(raw.Action),
    resources: list(raw.Resource),
    principals: mapValues(principal, list),
    condition: mapValues(raw.Condition ?? {}, (keys) => mapValues(keys, list)),
  };
}

function list<T>(value: T | T[] | undefined): T[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
