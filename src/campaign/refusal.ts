import type campaign from '../../locales/zh-CN/campaign.json';
import type files from '../../locales/zh-CN/files.json';

/** A sentence of `locales/<language>/campaign.json`, without its file's name. */
export type CampaignSentence = keyof typeof campaign;

/** One of `locales/<language>/files.json`. */
export type FilesSentence = keyof typeof files;

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
