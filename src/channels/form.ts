/** A command's questions in one language, for channels that can ask them all at once. */
export interface ChannelForm {
  /** What is given when it is sent back; opaque to channels. */
  command: string;
  /** Of whom it is asked; opaque to channels. */
  language: string;
  title: string;
  /** The labels of the two buttons. */
  submit: string;
  close: string;
  /** Said before the questions; may be empty. */
  intro: string;
  fields: ChannelField[];
}

export interface ChannelField {
  id: string;
  label: string;
  hint: string;
  kind: 'text' | 'number' | 'date' | 'choice';
  required: boolean;
  /** Of a choice. */
  options: { id: string; label: string }[];
}

/** What a channel needs to ask for a command's words in a dialog of its own. */
export interface Forms {
  /**
   * The form for what was typed behind `/duban`; null when it is no bare command that has one, or not for this person: then
   * the words go their usual way.
   */
  asked(given: {
    channel: 'slack';
    urn: string;
    room: string | null;
    text: string;
  }): Promise<ChannelForm | null>;
  /** What would have been typed behind `/duban`, by the values of the fields; null when there is no such form. Pure. */
  words(form: Pick<ChannelForm, 'command' | 'language'>, values: Record<string, string>): string | null;
}
