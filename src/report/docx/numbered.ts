import type { Param } from '../../flow/say.ts';
import type { Block, Paper, Picture, Table } from './paper.ts';
import { type Words, wordsIn } from './words.ts';

/**
 * A paper whose tables and pictures have their numbers, 表1… and 图1…, through text and appendices; a sentence before each of
 * them, or before several that follow one another, says which they are.
 */
export function numbered(paper: Paper): Paper {
  const words = wordsIn(paper.language);
  const next: Numbers = { table: 1, picture: 1 };
  return {
    ...paper,
    blocks: withNumbers(paper.blocks, next, words),
    appendices: paper.appendices.map(({ title, blocks }) => ({
      title,
      blocks: withNumbers(blocks, next, words),
    })),
  };
}

interface Numbers {
  table: number;
  picture: number;
}

/** A table or picture with its number. */
interface Counted {
  block: Table | Picture;
  n: number;
}

function withNumbers(blocks: readonly Block[], next: Numbers, words: Words): Block[] {
  const made: Block[] = [];
  let run: Counted[] = [];
  const close = () => {
    if (run.length > 0) made.push(seeBlock(run, words), ...run.map((one) => captioned(one, words)));
    run = [];
  };
  for (const block of blocks) {
    if (block.kind === 'table' || block.kind === 'picture') {
      run.push({ block, n: next[block.kind] });
      next[block.kind] += 1;
      continue;
    }
    close();
    made.push(block);
  }
  close();
  return made;
}

function captioned({ block, n }: Counted, { say }: Words): Block {
  return block.kind === 'table'
    ? { ...block, title: say('docx:caption.table', { n, title: block.title }) }
    : { ...block, caption: say('docx:caption.figure', { n, title: block.caption }) };
}

function seeBlock(run: readonly Counted[], { say }: Words): Block {
  const list: Param[] = [];
  for (let index = 0; index < run.length; index += 1) {
    const [one, last] = [run[index], run[endOf(run, index)]];
    if (one === undefined || last === undefined) continue;
    const { block, n } = one;
    if (block.kind === 'table') list.push({ key: 'docx:see.table', params: { n, title: block.title } });
    else if (block.title !== undefined)
      list.push({ key: 'docx:see.figure', params: { n, title: block.title } });
    else {
      list.push(
        last === one
          ? { key: 'docx:see.picture', params: { n } }
          : { key: 'docx:see.pictures', params: { n, last: last.n } },
      );
      index = endOf(run, index);
    }
  }
  return { kind: 'text', text: say('docx:see', { what: { list } }) };
}

/** Where the pictures without a title that begin here end: photos are many, and are told of together. */
function endOf(run: readonly Counted[], from: number): number {
  const isPhoto = (one: Counted | undefined) =>
    one?.block.kind === 'picture' && one.block.title === undefined;
  let end = from;
  while (isPhoto(run[end]) && isPhoto(run[end + 1])) end += 1;
  return end;
}
