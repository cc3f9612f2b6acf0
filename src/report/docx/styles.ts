import { AlignmentType, type IStylesOptions } from 'docx';
import { type Face, fontOf } from './fonts.ts';
import { characterTwips, linePitch, sizes, titlePitch } from './measures.ts';

const exact = (line: number) => ({ line, lineRule: 'exact' as const, before: 0, after: 0 });
const black = '000000';

/** 首行缩进二字, for Word by characters and for others by width (7.3.3). */
export const twoCharacters = { firstLine: Math.round(2 * characterTwips), firstLineChars: 200 };

/** The names of our own styles. */
export const named = {
  cell: 'TableCell',
  caption: 'TableCaption',
  sign: 'Signature',
  mark: 'AppendixMark',
} as const;

/** 一、 in 黑体, （一） in 楷体, 1. in 仿宋, all 三号 and none bold (GB/T 9704-2012, 7.3.3). */
const heading = (face: Face) => ({
  run: { font: fontOf(face), size: sizes.text, bold: false, italics: false, color: black },
  paragraph: { spacing: exact(linePitch), indent: twoCharacters, keepNext: true },
});

/** Off the grid of 28 characters, which would stretch smaller letters. */
const small = { font: fontOf('text'), size: sizes.table, snapToGrid: false };

export const styles: IStylesOptions = {
  default: {
    document: {
      run: {
        font: fontOf('text'),
        size: sizes.text,
        color: black,
        language: { value: 'en-US', eastAsia: 'zh-CN' },
      },
      paragraph: { spacing: exact(linePitch) },
    },
    title: {
      run: { font: fontOf('title'), size: sizes.title, bold: false, color: black },
      paragraph: { alignment: AlignmentType.CENTER, spacing: exact(titlePitch), keepNext: true },
    },
    heading1: heading('black'),
    heading2: heading('kai'),
    heading3: heading('text'),
  },
  paragraphStyles: [
    {
      id: named.cell,
      name: 'Table Cell',
      basedOn: 'Normal',
      run: small,
      paragraph: { spacing: { line: 320, lineRule: 'atLeast', before: 20, after: 20 } },
    },
    {
      id: named.caption,
      name: 'Table Caption',
      basedOn: 'Normal',
      run: { ...small, font: fontOf('black') },
      paragraph: {
        alignment: AlignmentType.CENTER,
        spacing: { line: 400, lineRule: 'atLeast', before: 120, after: 40 },
        keepNext: true,
      },
    },
    {
      id: named.sign,
      name: 'Signature Line',
      basedOn: 'Normal',
      paragraph: { alignment: AlignmentType.RIGHT, keepLines: true },
    },
    { id: named.mark, name: 'Appendix Mark', basedOn: 'Normal', run: { font: fontOf('black') } },
  ],
};
