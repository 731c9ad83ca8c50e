type OneOrMore = string | readonly string[];

/** A statement of an IAM policy: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface PolicyStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

export interface PolicyRequest {
  readonly action: string;
  readonly resource: string;
  /** Condition keys in lower case: `aws:securetransport`. */
  readonly context: Readonly<Record<string, string>>;
}

/** Statements of a policy document, which IAM gives as URL-encoded JSON. */
export function policyStatements(document: string): PolicyStatement[] {
  const text = document.startsWith('%') ? decodeURIComponent(document) : document;
  const { Statement } = JSON.parse(text) as { Statement: PolicyStatement | PolicyStatement[] };
  return list(Statement);
}

/**
 * Whether policies allow a request: an explicit deny wins, and what nothing allows is denied. A condition of a kind
 * that is not known here makes an allow not count and a deny count.
 */
export function isAllowed(statements: readonly PolicyStatement[], request: PolicyRequest): boolean {
  const applying = (effect: PolicyStatement['Effect']) =>
    statements.some(
      (statement) =>
        statement.Effect === effect && matches(statement, request) && conditionsHold(statement, request.context),
    );
  return !applying('Deny') && applying('Allow');
}

/** Whether a statement's conditions hold; also for trust policies. */
export function conditionsHold(
  { Condition = {}, Effect }: PolicyStatement,
  context: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(Condition).every(([operator, keys]) => {
    const test = operators[operator.replace(/^ForAnyValue:/, '')];
    if (!test) return Effect === 'Deny';
    return Object.entries(keys).every(([key, wanted]) => test(context[key.toLowerCase()], list(wanted)));
  });
}

type Test = (actual: string | undefined, wanted: readonly string[]) => boolean;

const equals: Test = (actual, wanted) => actual !== undefined && wanted.includes(actual);
const like: Test = (actual, wanted) => actual !== undefined && wanted.some((pattern) => wildcard(pattern, actual));
const bool: Test = (actual, wanted) => wanted.some((value) => String(value).toLowerCase() === actual);

const operators: Readonly<Record<string, Test>> = {
  StringEquals: equals,
  StringNotEquals: (actual, wanted) => !equals(actual, wanted),
  StringLike: like,
  StringNotLike: (actual, wanted) => !like(actual, wanted),
  ArnEquals: like,
  ArnLike: like,
  Bool: bool,
  // With `IfExists` a key that the request does not have holds.
  BoolIfExists: (actual, wanted) => actual === undefined || bool(actual, wanted),
  StringEqualsIfExists: (actual, wanted) => actual === undefined || equals(actual, wanted),
};

function matches(statement: PolicyStatement, { action, resource }: PolicyRequest): boolean {
  const { Action, NotAction, Resource, NotResource } = statement;
  const actionMatches = (patterns: OneOrMore) =>
    list(patterns).some((pattern) => wildcard(pattern.toLowerCase(), action.toLowerCase()));
  const resourceMatches = (patterns: OneOrMore) => list(patterns).some((pattern) => wildcard(pattern, resource));
  const isAction = Action !== undefined ? actionMatches(Action) : NotAction !== undefined && !actionMatches(NotAction);
  const isResource =
    Resource !== undefined ? resourceMatches(Resource) : NotResource !== undefined && !resourceMatches(NotResource);
  return isAction && isResource;
}

/** `*` is any run of characters, `?` any one. */
function wildcard(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

function list<T>(value: T | readonly T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? [...value] : [value as T];
}
