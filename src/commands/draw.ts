import type { Command } from './command.ts';
import { beginMatrix, beginTeams, beginWindows } from './draw-begin.ts';
import { exclude, make } from './draw-make.ts';
import { how, list, show } from './draw-show.ts';
import { readDrawWords, verbWords } from './draw-words.ts';

/**
 * 抽签: recorded random draws. A draw is begun, which tells the hash of its seed; then made, which freezes the register,
 * tells the result and the seed, and leaves a record that anybody can repeat (docs/decisions/0008-draws.md).
 */
export const draw: Command = {
  name: 'draw',
  words: { 'zh-CN': ['抽签', '随机抽取'], en: ['draw'] },
  takes: new RegExp(`(?:${verbWords.join('|')})(?![a-z]).{0,180}`, 'i'),
  bare: false,
  ofCampaign: true,
  help: 'draw:line',
  run: async (context, rest) => {
    const words = readDrawWords(rest);
    switch (words.do) {
      case 'list':
        return list(context);
      case 'how':
        return how(context);
      case 'windows':
        return beginWindows(context, words);
      case 'teams':
        return beginTeams(context, words);
      case 'matrix':
        return beginMatrix(context, words);
      case 'run':
        return make(context, words.code);
      case 'show':
        return show(context, words.code);
      case 'exclude':
        return exclude(context, words);
    }
  },
};
