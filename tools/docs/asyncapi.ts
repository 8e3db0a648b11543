import { allEvents, TOPICS } from '#libs/contracts';

/** AsyncAPI 3.0 of what the services tell each other. */
export function asyncApi(): string {
  const events = allEvents();
  const messages = Object.fromEntries(
    events.map((event) => [
      event.type,
      {
        name: event.type,
        summary: event.says,
        contentType: 'application/json',
        headers: {
          type: 'object',
          required: ['ce_id', 'ce_type', 'ce_time', 'ce_aggregateversion'],
          properties: {
            ce_specversion: { type: 'string', const: '1.0' },
            ce_id: { type: 'string', description: 'the fact; the same for its .v1 and .v2' },
            ce_type: { type: 'string', const: event.type },
            ce_source: { type: 'string' },
            ce_subject: { type: 'string', description: 'the aggregate, also the message key' },
            ce_time: { type: 'string', format: 'date-time' },
            ce_aggregateversion: { type: 'string', pattern: '^[0-9]+$' },
            traceparent: { type: 'string' },
          },
        },
        payload: event.data,
      },
    ]),
  );
  const channels = Object.fromEntries(
    TOPICS.map((topic) => [
      topic,
      {
        address: topic,
        messages: Object.fromEntries(
          events
            .filter((event) => event.topic === topic)
            .map((event) => [event.type, { $ref: `#/components/messages/${event.type}` }]),
        ),
      },
    ]),
  );
  const operations = Object.fromEntries(
    TOPICS.map((topic) => [
      `tell-${topic}`,
      { action: 'send', channel: { $ref: `#/channels/${topic}` }, summary: `Facts on the topic ${topic}` },
    ]),
  );
  const document = {
    asyncapi: '3.0.0',
    info: {
      title: 'Seans events',
      version: '1.0.0',
      description: 'What the services of Seans tell each other over Kafka.',
    },
    defaultContentType: 'application/json',
    channels,
    operations,
    components: { messages },
  };
  return JSON.stringify(document, null, 2);
}
