import { Type } from 'typebox';
import { defineEvent } from '../event.js';
import { LanguageShape } from '../http/common.js';

/** The only event that carries contact data; its topic is compacted and an erasure is a tombstone of the key. */
export const PersonRecorded = defineEvent('gateway.person.recorded.v1', {
  topic: 'people',
  data: Type.Object({
    personId: Type.String(),
    email: Type.String(),
    name: Type.Union([Type.String(), Type.Null()]),
    language: LanguageShape,
  }),
  says: 'A person can be reached at this address, in this language.',
});
