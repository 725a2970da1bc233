import * as z from 'zod/mini';
import { eventEnvelopeSchema } from './event-envelope.js';
import { maybeBoolean, maybeString, maybeStrings } from './maybe.js';
import { openEnum, otherName } from './open-enum.js';

const fileReferenceSchema = z.looseObject({
  /** File id. */
  id: z.string(),
  /** File name. */
  name: maybeString,
});

/** A person wrote the message. */
export const userAuthorSchema = z.looseObject({
  type: z.literal('user'),
  /** What it was written with. */
  client_type: z.nullish(
    openEnum<
      | 'unknown'
      | 'desktop_web'
      | 'ios_web'
      | 'ios_app'
      | 'macos_app'
      | 'windows_app'
      | 'android_web'
      | 'android_app'
      | 'chatgpt_api'
    >(),
  ),
});

/** A model wrote the message. */
export const assistantAuthorSchema = z.looseObject({
  type: z.literal('assistant'),
  /** Which model. */
  model: maybeString,
  /** Tools it used for the answer. */
  tools_used: maybeStrings,
  /** Ids of skills it used for the answer. */
  skills_used: maybeStrings,
});

const otherAuthorSchema = z.looseObject({
  type: otherName(['user', 'assistant']),
});

/** What a text points to. */
export const messageAnnotationSchema = z.union([
  z.looseObject({
    type: z.literal('url_citation'),
    /** Pages that were cited. */
    urls: maybeStrings,
  }),
  z.looseObject({
    type: z.literal('file_citation'),
    /** Files that were cited. */
    files: z.nullish(z.array(fileReferenceSchema)),
  }),
  z.looseObject({
    type: z.literal('custom_action'),
    /** Host the action belongs to. */
    action_domain: maybeString,
    /** Name of the action. */
    action_name: maybeString,
  }),
  z.looseObject({
    type: otherName(['url_citation', 'file_citation', 'custom_action']),
  }),
]);

/** What a text points to: pages, files or an action. */
export type MessageAnnotation = z.infer<typeof messageAnnotationSchema>;

/** What a message says. */
export const messageContentSchema = z.union([
  z.looseObject({
    type: z.literal('text'),
    /** Null when there is nothing to show. */
    value: maybeString,
    /** What the text points to. */
    annotations: z.nullish(z.array(messageAnnotationSchema)),
  }),
  z.looseObject({
    type: z.literal('user_instructions'),
    /** How the user wants the model to behave. */
    value: maybeString,
  }),
  z.looseObject({
    type: z.literal('quotation'),
    /** The file it was taken from. */
    file_id: maybeString,
    /** What that file is called. */
    file_name: maybeString,
    /** The passage that was quoted. */
    quote: maybeString,
  }),
  z.looseObject({
    type: otherName(['text', 'user_instructions', 'quotation']),
  }),
]);

/** What a message says. */
export type MessageContent = z.infer<typeof messageContentSchema>;

/** One message of a conversation, as it was at the time of the event. */
export const conversationMessageEventSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  type: z.literal('CONVERSATION_MESSAGE'),
  /** `message.id` of the message before this one; absent on the first. Put messages in order with it. */
  previous_message_id: maybeString,
  /** The message itself. */
  message: z.looseObject({
    /** Stays the same when the message changes; each change is an event of its own. */
    id: z.string(),
    /** ISO 8601. The event's own `timestamp` says when the event happened. */
    created_at: maybeString,
    /** Who wrote it. `actor` is the user for both directions of a conversation, so only this tells them apart. */
    author: z.union([userAuthorSchema, assistantAuthorSchema, otherAuthorSchema]),
    /** What it says. */
    content: z.nullish(messageContentSchema),
    /** Files attached to the message. */
    files: z.nullish(z.array(fileReferenceSchema)),
  }),
  /** The conversation the message belongs to. */
  conversation: z.looseObject({
    /** Stays the same for the whole conversation. */
    id: z.string(),
    /** What the conversation is called. */
    title: maybeString,
    /** The GPT it is held with, if any. */
    gpt_id: maybeString,
    /** What that GPT is called. */
    gpt_name: maybeString,
    /** The project it belongs to, if any. */
    project_id: maybeString,
    /** What that project is called. */
    project_name: maybeString,
    /** ISO 8601. */
    created_at: maybeString,
    /** Whether it is pinned. */
    is_pinned: maybeBoolean,
    /** Whether it is kept out of the history. */
    is_temporary_chat: maybeBoolean,
    /** Whether the user chats or lets work be done. */
    mode: z.nullish(openEnum<'chat' | 'work'>()),
  }),
});

/** `CONVERSATION_MESSAGE`: one message of a conversation, as it was at the time of the event. */
export type ConversationMessageEvent = z.infer<typeof conversationMessageEventSchema>;
