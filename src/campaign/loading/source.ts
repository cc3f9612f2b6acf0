import {
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { CampaignSentence } from '../refusal.ts';
import { type Path, type Problem, problem } from './problem.ts';

/** A YAML file as plain data, and where each of its things stands. Lines and columns count from 1. */
export interface Source {
  /** Null when the text can't be made sense of. */
  data: { raw: unknown } | null;
  /** Faults of the writing itself. Those without a path carry the place in the text. */
  problems: (Problem & { offset?: number })[];
  placeOf(path: Path, atKey?: boolean): Place;
  placeAt(offset: number): Place;
}

export interface Place {
  line: number;
  column: number;
}

const depthMax = 30;
const aliasesMax = 20;

/** Reads YAML 1.2, one document, with bounds on depth and aliases so that a small file can't grow without end. */
export function readSource(text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: false,
    prettyErrors: false,
    // Not 'silent': that would also keep quiet about a second document.
    logLevel: 'error',
  });
  const placeAt = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems = writingProblems(document);
  const isSound = problems.length === 0;
  if (isSound) problems.push(...structureProblems(document));
  const isBounded = problems.every(({ sentence }) => sentence.key === 'campaign:fault.double-key');
  const pairs: PairIndex = new Map();
  return {
    data: isSound && isBounded ? { raw: document.toJS({ maxAliasCount: aliasesMax }) } : null,
    problems,
    placeOf: (path, atKey = false) => placeAt(offsetOf(document, pairs, path, atKey)),
    placeAt,
  };
}

/**
 * What is no YAML at all. The first fault is told, and later ones only when they stand for themselves: a wrong
 * indentation makes the parser complain of every line that follows.
 */
function writingProblems(document: Document.Parsed): Source['problems'] {
  const errors = [...document.errors, ...document.warnings];
  const gaveUp = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  return (gaveUp ? [gaveUp] : errors)
    .map((error) => ({ sentence: sentenceOf(error), code: error.code, offset: error.pos[0] }))
    .filter(({ sentence }, index) => index === 0 || plainFaults.includes(sentence))
    .map(({ sentence, code, offset }) => ({ ...problem([], sentence, { code, max: depthMax }), offset }));
}

const plainFaults: CampaignSentence[] = [
  'fault.tab',
  'fault.tag',
  'fault.unknown-alias',
  'fault.several-documents',
  'fault.unclosed',
];

function sentenceOf({ code, message }: { code: ErrorCode; message: string }): CampaignSentence {
  if (code === 'TAB_AS_INDENT') return 'fault.tab';
  if (code === 'RESOURCE_EXHAUSTION') return 'fault.too-deep';
  if (code === 'MULTIPLE_DOCS') return 'fault.several-documents';
  if (code === 'BAD_ALIAS') return 'fault.unknown-alias';
  if (code === 'TAG_RESOLVE_FAILED') return 'fault.tag';
  // One code of the parser covers several slips that a person would tell apart.
  if (/closing|end with|Missing ,/.test(message)) return 'fault.unclosed';
  if (code === 'MULTILINE_IMPLICIT_KEY' || message.startsWith('Implicit map keys')) return 'fault.no-colon';
  const isIndent =
    code === 'BAD_INDENT' || code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'BAD_COLLECTION_TYPE';
  return isIndent || message.startsWith('Sequence item') ? 'fault.indent' : 'fault.yaml';
}

/** Keys that stand twice, too deep nesting, aliases too many or within what they stand for. */
function structureProblems(document: Document.Parsed): Problem[] {
  const problems: Problem[] = [];
  let aliases = 0;
  const walk = (node: unknown, path: Path, isAnchored: boolean): void => {
    const isWithin = isAnchored || (isNode(node) && 'anchor' in node && node.anchor !== undefined);
    if (path.length > depthMax) {
      problems.push(problem(path.slice(0, 8), 'fault.too-deep', { max: depthMax }));
    } else if (isAlias(node)) {
      aliases += 1;
      if (!node.resolve(document)) problems.push(problem(path, 'fault.unknown-alias'));
      else if (isAnchored) problems.push(problem(path, 'fault.nested-alias'));
      else if (aliases === aliasesMax + 1) problems.push(problem(path, 'fault.aliases', { max: aliasesMax }));
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) walk(item, [...path, index], isWithin);
    } else if (isMap(node)) {
      problems.push(...doubleKeys(node.items, path));
      for (const pair of node.items) {
        if (!isScalar(pair.key)) problems.push(problem(path, 'fault.key-no-word'));
        walk(pair.value, [...path, nameOf(pair)], isWithin);
      }
    }
  };
  walk(document.contents, [], false);
  return problems;
}

function doubleKeys(pairs: Pair[], path: Path): Problem[] {
  const seen = new Set<string>();
  return pairs.flatMap((pair) => {
    const name = nameOf(pair);
    const isDouble = seen.has(name);
    seen.add(name);
    return isDouble ? [{ ...problem([...path, name], 'fault.double-key', { name }), atKey: true }] : [];
  });
}

/** Entries of each map by name, of those looked into so far: a file can have 60,000 faults in one map. */
type PairIndex = Map<YAMLMap, Map<string, Pair>>;

/** The offset of what stands at a path, or of the nearest thing around it. */
function offsetOf(document: Document.Parsed, pairs: PairIndex, path: Path, atKey: boolean): number {
  let node: Node | null = document.contents;
  let offset = 0;
  for (const [index, step] of path.entries()) {
    const inner: unknown = isAlias(node) ? node.resolve(document) : node;
    const isTarget = index === path.length - 1;
    if (isSeq(inner)) {
      const item: unknown = inner.items[Number(step)];
      if (!isNode(item)) return offset;
      node = item;
      offset = startOf(item) ?? offset;
    } else if (isMap(inner)) {
      const pair = pairNamed(inner, String(step), pairs);
      if (!pair) return offset;
      node = isNode(pair.value) ? pair.value : null;
      const isOneWord = isAlias(node) || (isScalar(node) && node.value !== null);
      const key = isNode(pair.key) ? startOf(pair.key) : undefined;
      offset = (isTarget && !atKey && isOneWord && node ? startOf(node) : key) ?? offset;
    } else return offset;
  }
  return offset;
}

/** Of two entries with the same name the last: it is the one that counts. */
function pairNamed(map: YAMLMap, name: string, pairs: PairIndex): Pair | undefined {
  const known = pairs.get(map) ?? new Map(map.items.map((pair) => [nameOf(pair), pair]));
  pairs.set(map, known);
  return known.get(name);
}

function startOf(node: Node): number | undefined {
  return node.range?.[0];
}

function nameOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : String(key);
}
