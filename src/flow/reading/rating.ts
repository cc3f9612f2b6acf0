/**
 * Stars and marks in normalised words, from 1 to 5: `★★★★☆` `五星` `4分` `5 stars` `4/5` `满分`. A bare digit is none: it
 * is a number in the list that was shown, where 1 is the best. Marks outside 1 to 5 and halves give the neighbours.
 * @returns the marks named, and the words without them
 */
export function starsIn(words: string): { marks: number[]; rest: string } {
  const marks = new Set<number>();
  const add = (mark: number) => {
    if (mark >= 1 && mark <= 5) for (const near of [Math.ceil(mark), Math.floor(mark)]) marks.add(near);
    else for (const end of mark < 1 ? [1] : [5, 4]) marks.add(end);
    if (mark < 1 || mark > 5) odd = true;
    return ' ';
  };
  let odd = false;
  let rest = words;
  if (anyStar.test(rest)) {
    rest = rest.replace(starRow, (row) => {
      const full = [...row].filter((star) => star !== '☆' && star !== ' ').length;
      const all = [...row].filter((star) => star !== ' ').length;
      return add(full === 0 || all > 5 ? 6 : full);
    });
  }
  if (anyMark.test(rest)) {
    rest = rest.replace(perfect, () => add(5)).replace(outOfFive, (_, mark: string) => add(digitOf(mark)));
    rest = rest.replace(score, (_, mark: string, half?: string, also?: string) =>
      add(digitOf(mark) + ((half ?? also) === undefined ? 0 : 0.5)),
    );
  }
  // Two members always ask: an odd mark is never one certain meaning.
  if (odd && marks.size === 1) marks.add(marks.has(1) ? 2 : 4);
  return { marks: [...marks], rest };
}

/** What the faces in a reply say: 5 to 1 by strength; 0 where they contradict each other or mock, undefined for none. */
export function moodIn(words: string): number | undefined {
  if (!pictures.test(words)) return undefined;
  if (mocking.test(words)) return 0;
  let mood: number | undefined;
  for (const [level, faces] of moods) {
    for (const face of words)
      if (faces.includes(face)) {
        if (mood !== undefined && mood > 3 !== level > 3) return 0;
        mood = mood === undefined ? level : level > 3 ? Math.max(mood, level) : Math.min(mood, level);
      }
  }
  return mood;
}

const pictures = /\p{Extended_Pictographic}/u;

/** In Chinese chats 🙂 (微笑) and 🐶 (doge) often mean the opposite of what is said. */
const mocking = /[🙂🙃🌚🐶😏🤡😅😂🤣]/u;
const moods: [number, string[]][] = [
  [5, [...'😍🤩🥰💯']],
  [4, [...'👍👌👏😊😀😄😁😃😆☺💪❤🌹🎉']],
  [3, [...'😐😑😶']],
  [2, [...'👎😞😔🙁☹😟😕😒😢']],
  [1, [...'😡😠🤬💢']],
];

const anyStar = /[★☆⭐🌟]/u;
const starRow = /[★☆⭐🌟](?: ?[★☆⭐🌟])*/gu;
const anyMark = /[星分]|star|point|\/5|out of|marks?/;
const perfect = /满分/g;
const digit = '(\\d{1,3}(?:\\.\\d)?|[零一二两三四五六七八九]|zero|one|two|three|four|five)';
const outOfFive = new RegExp(
  `${digit} ?(?:/|out of) ?(?:5|five)(?![\\d.])(?: ?(?:stars?|points?|分|星))?`,
  'g',
);
const score = new RegExp(
  `(?<![\\d第一二三四五六七八九十百])${digit} ?[颗个]?(半)?[- ]?(?:星级?|分(?![钟之])|stars?|points?|marks?)(?:好评)?(半)?`,
  'g',
);

const names = '零一二三四五六七八九';
const english = ['zero', 'one', 'two', 'three', 'four', 'five'];
function digitOf(mark: string): number {
  if (/^\d/.test(mark)) return Number(mark);
  if (mark === '两') return 2;
  const at = names.indexOf(mark);
  return at >= 0 ? at : english.indexOf(mark);
}
