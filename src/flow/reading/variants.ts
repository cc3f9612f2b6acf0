/** Signs that are written in several ways, and the one way that readers compare: dashes, quotes, traditional characters. */
export const variants: Readonly<Record<string, string>> = { ...signs(), ...characters() };

function signs(): Record<string, string> {
  const found: Record<string, string> = { '〜': '~', '∼': '~', '‘': "'", '’': "'", '´': "'", '○': '〇' };
  for (const dash of '–—‐‑‒―−') found[dash] = '-';
  return found;
}

/** Only what people write in an answer to a question: this is no converter. */
function characters(): Record<string, string> {
  const traditional =
    '萬億兩貳參陸滿沒個點鐘時週號這還對嗎話無願後間過來張項種條幾選覺務態單應該謝從開會極讓為與錢塊';
  const simplified =
    '万亿两贰叁陆满没个点钟时周号这还对吗话无愿后间过来张项种条几选觉务态单应该谢从开会极让为与钱块';
  return Object.fromEntries([...traditional].map((sign, at) => [sign, simplified[at] ?? sign]));
}
