import { z } from 'zod';
import { Text } from '../flow/text.ts';
import { CampaignFile } from './definition.ts';

/**
 * The JSON Schema (draft 07, which editors know best) of campaign files and libraries, made from the loader's own shapes.
 * It helps while writing; the loader checks more: names, dates, conditions between questions.
 */
export function campaignSchema(): Record<string, unknown> {
  const { required: _, ...shape } = z.toJSONSchema(InFile, {
    target: 'draft-07',
    io: 'input',
    unrepresentable: 'any',
    reused: 'ref',
  });
  const units = { anyOf: [{ required: ['units'] }, { required: ['registers'] }] };
  return {
    ...shape,
    title: 'Duban campaign file',
    required: ['duban'],
    anyOf: [
      // A library has what it likes; a campaign may have anything from what it extends, but never its id.
      { required: ['library'] },
      { required: ['id', 'extends'] },
      { required: ['id', 'title', 'notice', 'activities', 'flows'], ...units },
    ],
  };
}

const InFile = CampaignFile.extend({ library: Text.optional() });
