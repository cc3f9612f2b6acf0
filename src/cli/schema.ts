import { campaignSchema } from '../campaign/schema.ts';

/** schema: the JSON Schema of campaign files, as campaigns/campaign.schema.json has it. */
export async function schema(): Promise<number> {
  process.stdout.write(`${JSON.stringify(campaignSchema(), null, 2)}\n`);
  return 0;
}
