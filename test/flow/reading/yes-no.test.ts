import { describe, expect, it } from 'vitest';
import { readYesNo } from '../../../src/flow/reading/yesNo.ts';
import { ask, question, type Row, sure, table, told } from './table.ts';

const either = ask('yes', 'no');
const told1 = question({ type: 'choice', label: '窗口是否一次性告知？', options: 'yes-no' });

const words: Row[] = [
  ['是', sure('yes')],
  ['是的', sure('yes')],
  ['对', sure('yes')],
  ['对对对', sure('yes')],
  ['对的', sure('yes')],
  ['有', sure('yes')],
  ['有的', sure('yes')],
  ['要', sure('yes')],
  ['好', sure('yes')],
  ['好的', sure('yes')],
  ['好的！', sure('yes')],
  ['好的，谢谢', sure('yes')],
  ['可以', sure('yes')],
  ['可以啊', sure('yes')],
  ['行', sure('yes')],
  ['没错', sure('yes')],
  ['当然', sure('yes')],
  ['嗯', told('yes')],
  ['嗯嗯', told('yes')],
  ['嗯，是的', sure('yes')],
  ['1', sure('yes')],
  ['第一个', sure('yes')],
  ['👌', sure('yes')],
  ['👍', sure('yes')],
  ['✅', sure('yes')],
  ['√', sure('yes')],
  ['[OK]', sure('yes')],
  [':white_check_mark:', sure('yes')],
  ['是，挺清楚的', told('yes')],
  ['有，讲得很清楚', told('yes')],
  ['是的，没有问题', sure('yes')],
  ['否', sure('no')],
  ['不', sure('no')],
  ['不不不', sure('no')],
  ['不是', sure('no')],
  ['不是的', sure('no')],
  ['不对', sure('no')],
  ['没', sure('no')],
  ['没有', sure('no')],
  ['沒有', sure('no')],
  ['没有啊', sure('no')],
  ['没有没有', sure('no')],
  ['没有。', sure('no')],
  ['嗯，没有', sure('no')],
  ['哦，没有', sure('no')],
  ['还没有', sure('no')],
  ['不行', sure('no')],
  ['不要', sure('no')],
  ['不用', sure('no')],
  ['不用了', sure('no')],
  ['不用了，谢谢', sure('no')],
  ['不用了谢谢', sure('no')],
  ['不需要', sure('no')],
  // 无 on a form is as often “nothing to report”, which may be the opposite.
  ['无', either],
  ['2', sure('no')],
  ['❌', sure('no')],
  [':x:', sure('no')],
  ['👎', sure('no')],
  ['没有，要我自己去问', told('no')],
  ['没有，没人告诉我', told('no')],
  ['yes', sure('yes')],
  ['Yes!', sure('yes')],
  ['y', sure('yes')],
  ['yep', sure('yes')],
  ['sure', sure('yes')],
  ['ok', sure('yes')],
  ['of course', sure('yes')],
  ['yes please', sure('yes')],
  ['yes, it was clear', told('yes')],
  ['yes it was clear', told('yes')],
  ['no', sure('no')],
  ['No.', sure('no')],
  ['n', sure('no')],
  ['nope', sure('no')],
  ['no thanks', sure('no')],
  ['No, thank you', sure('no')],
  ['not at all', sure('no')],
  ["no, it wasn't", sure('no')],
  ['no they told me nothing', told('no')],
  ["it wasn't", sure('no')],
  ['没问题', either],
  ['没有问题', either],
  ['不是没有', either],
  ['不是不行', either],
  ['不一定', either],
  ['有时有', 'unread'],
  ['部分', either],
  ['也许', either],
  ['应该是', either],
  ['是，没有', either],
  ['对，没有', either],
  ['是的，但不全', either],
  ['有，不过说得快', either],
  ['是的，没讲清楚', either],
  ['不错', either],
  ['yes and no', either],
  ['yes but not always', either],
  ['yes, but not everything', either],
  ['not really', either],
  ['no problem', either],
  ['maybe', either],
  ['是不是', 'unread'],
  ['有没有？', 'unread'],
  ['是吗', 'unread'],
  ['对了', 'unread'],
  ['没有推诿', 'unread'],
  ['no complaints', 'unread'],
  ['有人插队', 'unread'],
  ['不知道', 'unread'],
  ['3', 'flow:hint.choice.range'],
  // The question's own predicate.
  ['一次性告知', sure('yes')],
  ['一次性告知了', told('yes')],
  ['都一次性告知了', told('yes')],
  ['没有一次性告知', sure('no')],
  ['没一次性告知', sure('no')],
  ['未一次性告知', sure('no')],
  ['不是没有一次性告知', either],
  ['基本一次性告知', either],
  ['不太一次性告知', either],
];
table('yes or no', told1, words);

const tidy = question({
  type: 'choice',
  label: { 'zh-CN': '窗口环境是否整洁', en: 'Is it tidy?' },
  options: 'yes-no',
});
table('its own predicate', tidy, [
  ['整洁', sure('yes')],
  ['很整洁', told('yes')],
  ['整洁，没有问题', told('yes')],
  ['不整洁', sure('no')],
  ['不太整洁', either],
  ['谈不上整洁', either],
  ['不能说整洁', either],
  ['没有不整洁', either],
  ['基本整洁', either],
  ['比较整洁', either],
  ['整洁吗', 'unread'],
]);

const inPlace = question({
  type: 'choice',
  label: '“两集中两到位”是否落实？',
  options: [
    { id: 'yes', label: { 'zh-CN': '已落实', en: 'Yes' }, synonyms: ['到位', '没问题'] },
    { id: 'no', label: { 'zh-CN': '未落实', en: 'No' }, synonyms: ['不到位', '没到位'] },
  ],
});
table("the author's own wordings", inPlace, [
  ['已落实', sure('yes')],
  ['未落实', sure('no')],
  ['没落实', sure('no')],
  ['到位', sure('yes')],
  ['都到位了', told('yes')],
  ['不到位', sure('no')],
  ['还不到位', told('no')],
  ['基本到位', either],
  ['没有不到位', either],
  ['不是不到位', either],
  ['授权到位，人员不到位', either],
  ['没问题', sure('yes')],
  ['是', sure('yes')],
  ['没有', sure('no')],
]);

const onPost = question({
  type: 'choice',
  label: {
    'zh-CN': '工作人员是否在岗，AB岗制度是否执行？',
    en: 'Are staff at their posts, and is there a stand-in for those who are not?',
  },
  options: [
    {
      id: 'yes',
      label: { 'zh-CN': '在岗并执行', en: 'Yes' },
      synonyms: ['是', '执行了', '都在岗', '在岗', '都符合要求'],
    },
    {
      id: 'no',
      label: { 'zh-CN': '缺岗或未执行', en: 'No' },
      synonyms: ['否', '没执行', '未执行', '不在岗', '缺岗', '空岗'],
    },
  ],
});
// Nobody away is a yes; a double denial with a mere 没有 may be less than that, and is asked about.
table('none of a problem', onPost, [
  ['没人缺岗', told('yes')],
  ['无人缺岗', told('yes')],
  ['没有人缺岗', told('yes')],
  ['没有人不在岗', told('yes')],
  ['没人不在岗', told('yes')],
  ['没有一个人缺岗', told('yes')],
  ['无缺岗', told('yes')],
  ['没有缺岗', told('yes')],
  ['没缺岗', told('yes')],
  ['不缺岗', told('yes')],
  ['没有缺岗现象', told('yes')],
  ['不存在缺岗情况', told('yes')],
  ['未发现缺岗', told('yes')],
  ['未发现缺岗。', told('yes')],
  ['没有发现有人缺岗', told('yes')],
  ['今天没发现不在岗的', told('yes')],
  ['都符合要求', sure('yes')],
  ['都在岗，AB岗也执行了', told('yes')],
  ['没有不在岗', either],
  ['没有未执行', either],
  ['没有人不缺岗', either],
  ['不能说没有缺岗', either],
  ['不是没有缺岗', either],
  ['好像没有缺岗', either],
  ['没有缺岗，但AB岗没执行', either],
  ['无缺岗？', 'unread'],
  ['没人', 'unread'],
]);
table('somebody away', onPost, [
  ['缺岗', sure('no')],
  ['有缺岗', told('no')],
  ['没人在岗', told('no')],
  ['无人在岗', told('no')],
  ['没有人在岗', told('no')],
  ['一个人不在岗', told('no')],
  ['3号窗口没人，缺岗', told('no')],
  ['缺岗，谢谢', sure('no')],
  ['一个人不在岗，有AB岗', either],
  ['有AB岗，一个人不在岗', either],
  ['一个人不在岗，AB岗顶上了', either],
  ['两个人不在岗，其他都在岗', either],
  ['有一人没到，都在岗', either],
  ['在岗，AB岗没有', either],
]);
table('a number that answers an earlier question', onPost, [
  ['不对，是84', either],
  ['不对，是84%', either],
  ['不对，是八十四', either],
  ['不对 84', either],
  ['不是，应该是85', either],
  ['不对，改成84', either],
  ['不对，刚才是84不是48', either],
  ['没有，84', either],
  ['对，84', either],
  ['no, 84', either],
  ["no it's 84", either],
  ['no, eighty four', either],
  ['wrong, it was 84', either],
  ['不对', sure('no')],
  ['没有，等了20分钟', told('no')],
  ['有，3个', told('yes')],
]);

// Two wordings of one option that run into one another may say what neither does alone.
const emptied = question({
  type: 'choice',
  label: '窗口是否有人？',
  options: [
    { id: 'yes', label: '有人', synonyms: ['在岗'] },
    { id: 'no', label: '无人', synonyms: ['没人', '缺岗'] },
  ],
});
table('wordings that run into one another', emptied, [
  ['没人缺岗', either],
  ['无人缺岗', either],
  ['没人', sure('no')],
  ['没人，缺岗', told('no')],
  ['缺岗', sure('no')],
]);

const call = question({ type: 'choice', label: '需要回访吗？', options: 'yes-no' });
table('wanted or not', call, [
  ['需要', sure('yes')],
  ['需要回访', sure('yes')],
  ['回访', sure('yes')],
  ['请回访', told('yes')],
  ['不需要回访', sure('no')],
  ['不用回访', sure('no')],
  ['不用回访了', told('no')],
  ['不需要回访，谢谢', sure('no')],
  ['不需要回访，谢谢您！', sure('no')],
  ['不用回访 谢谢', sure('no')],
  ['需要回访，麻烦了', sure('yes')],
  ['不需要，多谢', sure('no')],
  ['免了', sure('no')],
  ['yes please call me', told('yes')],
  ['那就不用了', sure('no')],
  ['我不需要', sure('no')],
  ['暂时不用', sure('no')],
  ['可以不要', 'unread'],
  ['不要紧', either],
  ['都可以', either],
]);

describe('readYesNo, for commands', () => {
  it.each([
    ['是', 'yes'],
    ['ＯＫ', 'yes'],
    ['sure, thanks', 'yes'],
    ['不用了', 'no'],
    ['no way', 'no'],
  ])('%s', (text, value) => {
    expect(readYesNo(text)).toMatchObject({ kind: 'value', value });
  });
  it('asks for one of the two otherwise', () => {
    expect(readYesNo('什么')).toEqual({ kind: 'unread', hint: 'flow:hint.yes-no' });
  });
});

const better = question({ type: 'choice', label: '二、审批流程能否进一步优化？', options: 'yes-no' });
table('whether it can be better', better, [
  ['优化', sure('yes')],
  ['可以优化', sure('yes')],
  ['可以进一步优化', sure('yes')],
  ['还可以优化', told('yes')],
  ['能优化', sure('yes')],
  ['不能优化', sure('no')],
  ['无法进一步优化', sure('no')],
  ['没必要优化', either],
]);

const clear = question({ type: 'choice', label: '能否“看明白”？', options: 'yes-no' });
table('whether one can find out', clear, [
  ['看明白', sure('yes')],
  ['能看明白', sure('yes')],
  ['看明白了', told('yes')],
  ['看不明白', sure('no')],
  ['看不明白，太乱', told('no')],
  ['不能看明白', sure('no')],
  ['不太看得明白', 'unread'],
]);

const short = question({ type: 'choice', label: '（一）是否还有差距？', options: 'yes-no' });
table('whether there is still a shortfall', short, [
  ['有差距', sure('yes')],
  ['还有差距', told('yes')],
  ['没有差距', sure('no')],
  ['无差距', sure('no')],
  ['没有什么差距', 'unread'],
]);
