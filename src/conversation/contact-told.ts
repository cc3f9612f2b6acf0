/**
 * Whether words tell a way to reach somebody: a number, an address, or an id of a chat. What holds nothing of the kind
 * (`我不想留`, an insult) is not worth keeping, and nobody could call. Where to ask for somebody (服务台 8001) counts as well.
 */
export function tellsContact(words: string): boolean {
  const said = words.normalize('NFKC');
  if (/\S@\S|\d(?:[\s-]?\d){2,}|[零〇一二三四五六七八九幺两]{7,}/u.test(said)) return true;
  if (
    /(?:微信号?|vx|wx|qq|wechat|weixin|skype|line|telegram|whatsapp)[\s:：是为号]*[a-z][-\w.]{2,}/iu.test(
      said,
    )
  )
    return true;
  // An id among Chinese words; English words alone hold none without a mark of it.
  return /[\u3400-\u9fff]/u.test(said) && /(?<![a-z])[a-z][-\w]{5,}/iu.test(said);
}
