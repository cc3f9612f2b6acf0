/** A font that the standard names, and what takes its place where it is missing: nobody sends fonts along. */
interface Named {
  name: string;
  /** What Word and LibreOffice look for instead, in this order. */
  instead: string[];
  family: 'roman' | 'swiss' | 'modern' | 'script';
}

/** 小标宋 for titles, 仿宋 for the text, 黑体 and 楷体 for headings, 宋体 for page numbers (GB/T 9704-2012, 5.2.2, 7.3, 7.5). */
export const faces = {
  title: {
    name: '方正小标宋简体',
    instead: ['方正小标宋_GBK', '华文中宋', 'STZhongsong', '宋体', 'SimSun', 'Noto Serif CJK SC'],
    family: 'roman',
  },
  text: {
    name: '仿宋_GB2312',
    instead: [
      '仿宋',
      'FangSong',
      'FangSong_GB2312',
      '方正仿宋_GBK',
      '华文仿宋',
      'STFangsong',
      'Noto Serif CJK SC',
    ],
    family: 'modern',
  },
  black: {
    name: '黑体',
    instead: ['SimHei', '方正黑体_GBK', '华文黑体', 'STHeiti', 'Noto Sans CJK SC'],
    family: 'swiss',
  },
  kai: {
    name: '楷体_GB2312',
    instead: ['楷体', 'KaiTi', 'KaiTi_GB2312', '方正楷体_GBK', '华文楷体', 'STKaiti', 'Noto Serif CJK SC'],
    family: 'script',
  },
  song: { name: '宋体', instead: ['SimSun', '方正书宋_GBK', 'STSong', 'Noto Serif CJK SC'], family: 'roman' },
} as const satisfies Record<string, Named>;
export type Face = keyof typeof faces;

/** Of digits and Latin letters. */
const latin: Named = { name: 'Times New Roman', instead: ['Liberation Serif', 'Tinos'], family: 'roman' };

/** A run's font: Chinese in the face, digits and Latin letters in Times New Roman. */
export function fontOf(face: Face) {
  const { name } = faces[face];
  return { ascii: latin.name, hAnsi: latin.name, cs: latin.name, eastAsia: name };
}

/** word/fontTable.xml: each font with its substitutes (w:altName), so that no reader falls back to whatever comes first. */
export function fontTable(): string {
  const entries = [...Object.values(faces), latin].map(entry).join('');
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${entries}</w:fonts>`;
}

function entry({ name, instead, family }: Named): string {
  // 86: simplified Chinese (GB 2312).
  const charset = name === latin.name ? '00' : '86';
  return `<w:font w:name="${name}"><w:altName w:val="${instead.join(',')}"/><w:charset w:val="${charset}"/><w:family w:val="${family}"/><w:pitch w:val="variable"/></w:font>`;
}
