/**
 * The addresses in a list parted by commas or blanks: `slack:U0COORD` (a Slack user's id, its workspace may be left out),
 * `wechat:wxid_coord`, `console:coordinator`. `wrong` holds the entries that are none.
 */
export function readCoordinators(spec: string): { urns: string[]; wrong: string[] } {
  const entries = [...new Set(spec.split(/[\s,，;；]+/u).filter((entry) => entry !== ''))];
  return { urns: entries.filter(isPerson), wrong: entries.filter((entry) => !isPerson(entry)) };
}

function isPerson(entry: string): boolean {
  if (entry.startsWith('slack:')) return /^slack:([TE][A-Z0-9]+\/)?[UW][A-Z0-9]+$/.test(entry);
  return /^(wechat|console):\S/.test(entry);
}
