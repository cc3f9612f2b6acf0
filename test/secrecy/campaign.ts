/** A covert visit: which team goes where. */
export interface Visit {
  inspector: string;
  inspected: string;
}

export const halls = ['east', 'west', 'south', 'north'] as const;
/** Who makes covert visits: two teams that have nothing else to do, and a hall that also takes part in the open inspection. */
export const visitors = ['team-a', 'team-b', 'east'] as const;

const names: Record<string, string> = { east: '城东', west: '城西', south: '城南', north: '城北' };

/** Everybody with a part in it, and the unit they act for. All can be met on the console page. */
export const people = [
  { role: 'coordinator', unit: 'centre', console: 'centre' },
  { role: 'coordinator', unit: 'office', console: 'office' },
  { role: 'inspector', unit: 'team-a', console: 'team-a' },
  { role: 'inspector', unit: 'team-b', console: 'team-b' },
  ...halls.map((unit) => ({ role: 'inspector', unit, console: `inspector-${unit}` })),
  { role: 'leader', unit: 'east', console: 'leader-east' },
  { role: 'liaison', unit: 'east', console: 'liaison-east' },
  { role: 'liaison', unit: 'west', console: 'liaison-west' },
  { role: 'citizen', console: 'citizen' },
] as const;

export const rooms = { inspection: 'console:room/inspection', hall: 'console:room/hall' } as const;

/** JSON is YAML. The covert activity stands first, so that its tasks would take the first numbers. */
export function campaignWith(visits: Visit[]): string {
  return JSON.stringify({
    duban: 1,
    id: 'mixed',
    title: '窗口检查',
    notice: { issuer: '县政务服务中心', title: '关于开展窗口检查的通知', date: '2026-06-15' },
    units: [
      { id: 'centre', name: '县政务服务中心', kind: 'organisation' },
      { id: 'office', name: '县督查室', kind: 'organisation' },
      { id: 'team-a', name: '暗访一组', kind: 'organisation' },
      { id: 'team-b', name: '暗访二组', kind: 'organisation' },
      ...halls.map((id) => ({ id, name: `${names[id]}便民服务中心`, kind: 'hall', aliases: [names[id]] })),
    ],
    people: people.map((person) => ({ ...person, title: person.console })),
    rooms: [
      { id: 'inspection', title: '检查群', purpose: 'inspection', console: true },
      { id: 'hall', title: '大厅', purpose: 'hall', console: true },
    ],
    survey: 'survey',
    activities: [
      { ...common('covert', 'office', 3), mode: 'covert', pairs: visits },
      {
        ...common('mutual', 'centre', 5),
        mode: 'cross',
        pairs: [
          { inspector: 'east', inspected: 'west' },
          { inspector: 'west', inspected: 'south' },
          { inspector: 'south', inspected: 'east' },
        ],
      },
    ],
    flows: [
      {
        id: 'tidy',
        title: '检查清单',
        questions: [
          {
            id: 'tidy',
            type: 'choice',
            label: '窗口是否整洁？',
            options: 'yes-no',
            expect: { is: 'yes' },
            problem: '窗口不整洁',
          },
          {
            id: 'share',
            type: 'number',
            label: '即办率？',
            min: 0,
            max: 100,
            unit: 'percent',
            counts: { of: '办件', done: '当场办结' },
            expect: { atLeast: 90 },
            problem: '即办率不足',
          },
        ],
      },
      {
        id: 'survey',
        title: '评价',
        anonymous: true,
        questions: [{ id: 'level', type: 'level', label: '您对服务是否满意？' }],
      },
    ],
  });
}

function common(id: string, coordinator: string, workdays: number) {
  return {
    id,
    title: id,
    coordinator,
    deadline: { workdays },
    visits: { min: 1, max: 3 },
    checklist: 'tidy',
  };
}
