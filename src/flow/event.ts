import type { Reply } from './reply.ts';
import type { Say } from './say.ts';
import type { Value, Values } from './value.ts';

/**
 * What happens to a session. `at` is an ISO instant; the engine has no other clock. `aside`: the person began or took up
 * another one in the same place. `known`: what conditions may look at and nobody is asked. `end`: what it was for is no longer theirs to do; whoever ends it tells them.
 */
export type Event =
  | { kind: 'begin'; at: string; known?: Values }
  | { kind: 'reply'; at: string; reply: Reply }
  | { kind: 'wake'; at: string }
  | { kind: 'aside'; at: string }
  | { kind: 'end'; at: string };

/**
 * What a step wants done.
 * - `answered`: this value now stands for the question; an earlier one is kept as history. `said` is as typed.
 * - `cleared`: the earlier answer no longer stands, because a correction made its question irrelevant.
 * - `settled`: the message that asked this question needs no answer any more (its buttons can go).
 */
export type Effect =
  | { kind: 'say'; say: Say }
  | { kind: 'answered'; question: string; value: Value; said: string }
  | { kind: 'cleared'; question: string }
  | { kind: 'settled'; question: string; answer: Say }
  | { kind: 'ended'; how: 'completed' | 'left' | 'expired' };
