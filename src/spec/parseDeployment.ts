import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLError,
} from 'yaml';
import { HangarError, type Problem } from '../errors/HangarError.js';
import { checkSpec } from './checkSpec.js';
import type { DeploymentSpec } from './DeploymentSpec.js';
import type { SpecPath } from './SpecPath.js';
import { specError } from './specError.js';

const next = 'Correct the file; docs/deployment-file.md describes every key.';

/**
 * Parses a deployment file: YAML 1.2, of which JSON is a part.
 * @throws HangarError HGR-101 where it is not YAML, HGR-102 with every mistake where it does not describe a deployment
 *   (HGR-104 or HGR-105 when there is no other kind); each problem has its line and column
 */
export function parseDeployment(text: string): DeploymentSpec {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const position = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0)
    throw yamlError(faults.map((fault) => ({ message: explain(fault, text), ...position(fault.pos[0]) })));

  const checked = checkSpec(toPlainData(document), (path) => scalarSource(document, path));
  if (checked.problems === undefined) return checked.spec;
  throw specError(checked.problems, next, (path) => {
    const offset = offsetOf(document, path);
    return offset === undefined ? undefined : position(offset);
  });
}

function toPlainData(document: Document.Parsed): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // An alias without its anchor, or aliases that would multiply without end.
    throw yamlError([{ message: error instanceof Error ? error.message : String(error) }]);
  }
}

function yamlError(problems: Problem[]): HangarError {
  const [first] = problems;
  return new HangarError('HGR-101', `The deployment file is not valid YAML: ${first!.message}`, {
    problems,
    next: 'Correct the file; indent with spaces, and put text with special characters into quotes.',
  });
}

function explain({ code, message, pos }: YAMLError, text: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return `the key ${/^[^\s:]+/.exec(text.slice(pos[0]))?.[0] ?? ''} is there twice`;
    case 'MULTIPLE_DOCS':
      return 'the file holds more than one document (---); a file describes one deployment';
    case 'TAB_AS_INDENT':
      return 'tabs are not allowed as indentation; use spaces';
    default:
      return message.split('\n', 1)[0]!;
  }
}

/** Where a path's key begins, or the entry of a list; for what is not in the file, where the nearest part of it is. */
function offsetOf(document: Document.Parsed, path: SpecPath): number | undefined {
  let node: Node | null | undefined = document.contents;
  let offset = node?.range?.[0];
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (!pair) return offset;
      offset = (pair.key as Scalar).range?.[0] ?? offset;
      node = isNode(pair.value) ? pair.value : undefined;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(part)];
      if (!isNode(item)) return offset;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else return offset;
  }
  return offset;
}

function scalarSource(document: Document.Parsed, path: SpecPath): string | undefined {
  const node = document.getIn(path, true);
  return isScalar(node) ? node.source : undefined;
}
