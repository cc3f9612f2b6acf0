import type campaign from '../../locales/zh-CN/campaign.json';

/** A sentence of `locales/<language>/campaign.json`, without its file's name. */
export type CampaignSentence = keyof typeof campaign;

/**
 * What a zod `refine` hands over so that the loader can say what is wrong in a person's language. `message` is only
 * for developers who read a raw zod error.
 */
export function refusal(sentence: CampaignSentence): {
  message: string;
  params: { sentence: CampaignSentence };
} {
  return { message: sentence, params: { sentence } };
}
