import { types } from 'wechaty-puppet';
import type { ReplyKind } from '../../flow/reply.ts';
import type { InboundFile } from '../channel.ts';
import type { Message } from './puppet.ts';
import { isBody } from './xml.ts';

const Type = types.Message;

/** What kind of message it is; `null` for what nobody said: notices of WeChat itself, and messages taken back. */
export function kindOf(message: Message): ReplyKind | null {
  // Forks of the protocol number further kinds.
  if (!(message.type in Type)) return 'other';
  switch (message.type) {
    case Type.Text:
      return 'text';
    case Type.Image:
    case Type.Video:
      return 'media';
    case Type.Attachment:
      // Originals are often sent as files, to keep WeChat from making them smaller.
      return /^(image|video)\//.test(mimeOf(message.filename)) ? 'media' : 'binary';
    case Type.Audio:
      return 'voice';
    case Type.Emoticon:
      return 'sticker';
    case Type.Location:
      return 'place';
    case Type.ChatHistory:
      return 'forwarded';
    case Type.RedEnvelope:
    case Type.Transfer:
      return 'red-packet';
    case Type.Contact:
    case Type.MiniProgram:
    case Type.GroupNote:
    case Type.Url:
    case Type.Post:
      return 'other';
    case Type.Recalled:
      return null;
    case Type.Unknown:
      return isNotice(message.text ?? '') ? null : 'other';
  }
}

/** WeChat itself says so, in grey, between the messages. Puppets hand it on as a message of unknown type. */
function isNotice(text: string): boolean {
  if (text.trim() === '' || /^\s*<(sysmsg|\?xml[^>]*>\s*<sysmsg)/.test(text)) return true;
  if (isBody(text)) return false;
  return /^你已添加了|打招呼的内容|撤回了一条消息|拍了拍|加入了?群聊|移出了?群聊|修改群名为|朋友验证|拒收了|领取了.*红包|收到红包|频繁|recalled a message|tickled|joined (the )?group|added .* as (your )?(WeChat )?(friend|contact)/i.test(
    text,
  );
}

/** The account was told that it does something too often. A person who types these words sends a text. */
export function isRestriction(message: Message): boolean {
  return message.type === Type.Unknown && /(操作|发送|请求).{0,4}频繁/.test(message.text ?? '');
}

/** The file of a message of that kind, to be fetched by the message's id. */
export function filesOf(message: Message, kind: ReplyKind): InboundFile[] {
  if (kind !== 'media' && kind !== 'binary') return [];
  const image = message.type === Type.Image;
  const usual = image ? 'image/jpeg' : message.type === Type.Video ? 'video/mp4' : undefined;
  const source = { ref: `${image ? 'image' : 'file'}:${message.id}` };
  const mime = mimeOf(message.filename, usual);
  return [message.filename ? { name: message.filename, mime, source } : { mime, source }];
}

const mimes: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  bmp: 'image/bmp',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  pdf: 'application/pdf',
};

/** By the name's ending; the bytes decide when they are stored. */
function mimeOf(name: string | undefined, otherwise = 'application/octet-stream'): string {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name ?? '')?.[1]?.toLowerCase() ?? '';
  return mimes[ending] ?? otherwise;
}
