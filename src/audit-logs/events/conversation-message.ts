import * as z from 'zod/mini';
import { eventEnvelopeSchema } from './envelope.js';
import {
  documented,
  documentedString,
  nullishBoolean,
  nullishString,
  nullishStrings,
  openEnum,
  otherName,
} from './fields.js';

const fileReferenceSchema = z.looseObject({ id: documentedString, name: nullishString });

/** What a person wrote a message with. */
export type MessageClientType =
  | 'unknown'
  | 'desktop_web'
  | 'ios_web'
  | 'ios_app'
  | 'macos_app'
  | 'windows_app'
  | 'android_web'
  | 'android_app'
  | 'chatgpt_api';

/** A person wrote the message. */
const userAuthorSchema = z.looseObject({
  type: z.literal('user'),
  client_type: z.nullish(openEnum<MessageClientType>()),
});

/** A model wrote the message. */
const assistantAuthorSchema = z.looseObject({
  type: z.literal('assistant'),
  model: nullishString,
  tools_used: nullishStrings,
  skills_used: nullishStrings,
});

const otherAuthorSchema = z.looseObject({ type: documented(otherName(['user', 'assistant'])) });

const messageAnnotationSchema = z.union([
  z.looseObject({ type: z.literal('url_citation'), urls: nullishStrings }),
  z.looseObject({ type: z.literal('file_citation'), files: z.nullish(z.array(fileReferenceSchema)) }),
  z.looseObject({ type: z.literal('custom_action'), action_domain: nullishString, action_name: nullishString }),
  z.looseObject({ type: documented(otherName(['url_citation', 'file_citation', 'custom_action'])) }),
]);

/** What a text points to: pages, files or an action. */
export type MessageAnnotation = z.infer<typeof messageAnnotationSchema>;

/** What a message says. */
const messageContentSchema = z.union([
  z.looseObject({
    type: z.literal('text'),
    /** Null when there is nothing to show. */
    value: nullishString,
    annotations: z.nullish(z.array(messageAnnotationSchema)),
  }),
  z.looseObject({ type: z.literal('user_instructions'), value: nullishString }),
  z.looseObject({
    type: z.literal('quotation'),
    file_id: nullishString,
    file_name: nullishString,
    quote: nullishString,
  }),
  z.looseObject({ type: documented(otherName(['text', 'user_instructions', 'quotation'])) }),
]);

export const conversationMessageEventSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  type: z.literal('CONVERSATION_MESSAGE'),
  /** `message.id` of the message before this one; absent on the first. Put messages in order with it. */
  previous_message_id: nullishString,
  message: documented(
    z.looseObject({
      /** Stays the same when the message changes; each change is an event of its own. */
      id: documentedString,
      /** ISO 8601. The event's own `timestamp` says when the event happened. */
      created_at: nullishString,
      /** Who wrote it. `actor` is the user for both directions of a conversation, so only this tells them apart. */
      author: documented(z.union([userAuthorSchema, assistantAuthorSchema, otherAuthorSchema])),
      content: z.nullish(messageContentSchema),
      files: z.nullish(z.array(fileReferenceSchema)),
    }),
  ),
  conversation: documented(
    z.looseObject({
      id: documentedString,
      title: nullishString,
      gpt_id: nullishString,
      gpt_name: nullishString,
      project_id: nullishString,
      project_name: nullishString,
      /** ISO 8601. */
      created_at: nullishString,
      is_pinned: nullishBoolean,
      /** Whether it is kept out of the history. */
      is_temporary_chat: nullishBoolean,
      mode: z.nullish(openEnum<'chat' | 'work'>()),
    }),
  ),
});

/** `CONVERSATION_MESSAGE`: one message of a conversation, as it was at the time of the event. */
export type ConversationMessageEvent = z.infer<typeof conversationMessageEventSchema>;
