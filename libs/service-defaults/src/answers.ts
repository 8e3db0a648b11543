import { SetMetadata } from '@nestjs/common';
import type { TSchema } from 'typebox';

export const ANSWERS = 'seans:answers';

export interface AnswerDescription {
  says: string;
  schema?: TSchema;
}

/** What a route answers, for the OpenAPI document: one sentence and, where it is JSON, its contract. */
export const Answers = (says: string, schema?: TSchema) =>
  SetMetadata(ANSWERS, { says, schema } satisfies AnswerDescription);
