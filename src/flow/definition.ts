import { z } from 'zod';
import { mentions } from './condition.ts';
import { Question } from './questions/question.ts';
import { Text } from './text.ts';

/** What the questions of a report may be asked by, and is not asked: how many problems stand open, known before it begins. */
export const problemsFound = 'problems-found';

/**
 * A questionnaire or checklist: an ordered list of questions, kept under an id and a version. A session is pinned to
 * one version for its whole life.
 */
export const Flow = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)?$/),
    version: z.int().min(1).default(1),
    title: Text,
    /** Said before the first question: purpose, and for citizens the consent notice (PIPL art. 17). */
    intro: Text.optional(),
    outro: Text.optional(),
    /** Answers are kept without the person once the session ends. */
    anonymous: z.boolean().default(false),
    /** Wrong answers to one question before the bot stops repeating it and offers a way out. */
    triesMax: z.int().min(1).max(10).default(3),
    /** Silence, in minutes: one nudge after the first, the session ends after the second. */
    silence: z
      .strictObject({ nudgeAfter: z.int().min(1), expireAfter: z.int().min(2) })
      .default({ nudgeAfter: 120, expireAfter: 1440 }),
    questions: z.array(Question).min(1).max(500),
  })
  .superRefine((flow, context) => {
    const seen = new Set<string>([problemsFound]);
    flow.questions.forEach((question, index) => {
      const fault = (message: string, field: string) =>
        context.addIssue({ code: 'custom', message, path: ['questions', index, field] });
      if (seen.has(question.id)) fault(`two questions are called ${question.id}`, 'id');
      for (const name of question.relevant ? mentions(question.relevant) : [])
        if (!seen.has(name)) fault(`"${name}" is not an earlier question`, 'relevant');
      seen.add(question.id);
      const later = 'constraint' in question && question.constraint ? mentions(question.constraint) : [];
      for (const name of later)
        if (!seen.has(name)) fault(`"${name}" is not an earlier question`, 'constraint');
    });
  });
export type Flow = z.infer<typeof Flow>;
