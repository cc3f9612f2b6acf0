import { campaignText } from '../conversation/campaign-stage.ts';

/** The sample with windows: twelve under two halls of Haiyan and three of the city's own. */
export async function withWindows(): Promise<string> {
  const halls = [
    '  - { id: hall-1, name: 海盐县行政服务中心, kind: hall, parent: haiyan }',
    '  - { id: hall-2, name: 海盐县社保大厅, kind: hall, parent: haiyan }',
  ];
  const windows = Array.from({ length: 12 }, (_, index) => {
    const [number, hall] = [index + 1, index < 8 ? 1 : 2];
    return `  - { id: window-${number}, name: ${number}号窗口, kind: window, parent: hall-${hall}, weight: ${number} }`;
  });
  const city = Array.from(
    { length: 3 },
    (_, index) => `  - { id: city-${index}, name: 市级窗口${index}, kind: window, parent: approval-centre }`,
  );
  const added = [...halls, ...windows, ...city].join('\n');
  return (await campaignText('jiaxing-2014')).replace('\npeople: #', `\n${added}\n\npeople: #`);
}

/** The sample whose cross-inspection is to be drawn. */
export async function withoutPairs(): Promise<string> {
  return (await campaignText('jiaxing-2014')).replace(/ {4}pairs: #.*\n(?: {6}- .*\n)+/, '');
}
