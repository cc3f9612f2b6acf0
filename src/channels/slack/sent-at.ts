/** Slack's `1718000000.123456` (seconds since 1970) as an ISO instant, all six digits kept: messages are put in order by it. */
export function sentAt(timestamp: string): string {
  const [seconds = '0', micros = ''] = timestamp.split('.');
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  return `${whole}.${micros.padEnd(6, '0')}Z`;
}
