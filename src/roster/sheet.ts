import { plain } from '../campaign/nearest.ts';
import type { Table } from './table.ts';

/** What a roster can be of. */
export const sheetKinds = ['areas', 'units', 'windows', 'people', 'matters'] as const;
export type SheetKind = (typeof sheetKinds)[number];

/** A column: what the template heads it with, and how offices head it otherwise. The first of each language is shown. */
export interface Column {
  zh: string;
  en: string;
  also: readonly string[];
  needed?: true;
}

const id: Column = { zh: '编号', en: 'id', also: ['代码', '单位编号', '窗口编号', 'code'] };
const english: Column = { zh: '英文名称', en: 'name-en', also: ['英文名', 'english name'] };
const aliases: Column = { zh: '别名', en: 'aliases', also: ['简称', '曾用名', '又名', 'alias'] };
const weight: Column = { zh: '权重', en: 'weight', also: ['抽签权重'] };

/** The columns of each kind of sheet, by field, in the order of the template. */
export const columns = {
  areas: {
    name: { zh: '名称', en: 'name', also: ['地区', '地区名称', '区域', 'area'], needed: true },
    id,
    parent: { zh: '上级', en: 'parent', also: ['上级地区', '所属地区'] },
    aliases,
    'name-en': english,
    weight,
  },
  units: {
    name: { zh: '名称', en: 'name', also: ['单位', '单位名称', '部门', '部门名称', 'unit'], needed: true },
    id,
    kind: { zh: '类别', en: 'kind', also: ['单位类别', '类型', 'type'] },
    parent: { zh: '上级', en: 'parent', also: ['上级单位', '主管单位', '所属地区', '所属单位'] },
    aliases,
    'name-en': english,
    weight,
  },
  windows: {
    name: { zh: '名称', en: 'name', also: ['窗口', '窗口名称', '窗口号', 'window'], needed: true },
    id,
    parent: { zh: '大厅', en: 'hall', also: ['所属大厅', '上级', '服务大厅', '行政服务中心', 'parent'] },
    aliases,
    'name-en': english,
    weight,
  },
  people: {
    title: {
      zh: '称呼',
      en: 'title',
      also: ['姓名', '名字', '人员', '人员姓名', '职务', 'name', 'person'],
      needed: true,
    },
    role: { zh: '角色', en: 'role', also: ['身份', '职责'], needed: true },
    unit: { zh: '单位', en: 'unit', also: ['所在单位', '单位名称', '部门', '工作单位'] },
    addresses: { zh: '地址', en: 'addresses', also: ['账号', '帐号', '聊天账号', 'address', 'account'] },
  },
  matters: {
    name: { zh: '事项', en: 'matter', also: ['事项名称', '办理事项', '名称', 'name'], needed: true },
    unit: { zh: '单位', en: 'unit', also: ['责任单位', '单位名称', '承办单位', '部门'], needed: true },
    flags: { zh: '标记', en: 'flags', also: ['性质', '类别', '特点'] },
    activity: { zh: '督查活动', en: 'activity', also: ['活动', '方式'] },
  },
} as const satisfies Record<SheetKind, Record<string, Column>>;

/** What a sheet is called that holds the kind. */
export const sheetNames: Record<SheetKind, { zh: string; en: string; also: readonly string[] }> = {
  areas: { zh: '地区', en: 'areas', also: ['区域', 'area'] },
  units: { zh: '单位', en: 'units', also: ['单位名单', '单位名册', '部门', 'unit', 'organisations'] },
  windows: { zh: '窗口', en: 'windows', also: ['窗口名单', '窗口名册', 'window'] },
  people: {
    zh: '人员',
    en: 'people',
    also: ['人员名单', '人员名册', '联络员', '检查人员', 'person', 'staff'],
  },
  matters: { zh: '事项', en: 'matters', also: ['事项清单', '办理事项', 'matter'] },
};

/** Sheets that are there to be read by people. */
const explaining = ['填写说明', '说明', '填表说明', 'how to fill in', 'explanations', 'readme'].map(plain);

export function isExplanation({ name }: Pick<Table, 'name'>): boolean {
  return name !== null && explaining.includes(plain(name));
}

/** The kind that goes by a name, in either language. */
export function kindCalled(name: string): SheetKind | null {
  const asked = plain(name);
  const has = (kind: SheetKind) =>
    [kind, sheetNames[kind].zh, sheetNames[kind].en, ...sheetNames[kind].also].map(plain).includes(asked);
  return sheetKinds.find(has) ?? null;
}

/** The field that a heading means. Marks of what must be filled in (*, ★) and explanations in brackets count for nothing. */
export function fieldOf(kind: SheetKind, heading: string): string | null {
  const asked = headingWords(heading);
  if (asked === '') return null;
  const known: [string, Column][] = Object.entries(columns[kind]);
  return (
    known.find(([field, { zh, en, also }]) => [field, zh, en, ...also].map(plain).includes(asked))?.[0] ??
    null
  );
}

function headingWords(heading: string): string {
  return plain(heading)
    .replace(/[*★＊:]/gu, '')
    .replace(/\(.*?\)/gu, '');
}
