import { type LogEntry, logLevel } from 'kafkajs';
import type { Logger } from 'pino';

/** Said at ERROR by a young broker or during a restart, and healed by the retry that follows. */
const PASSING =
  /coordinator|rebalanc|not available|leader|Connection (error|timeout)|ECONNREFUSED|Closed connection|does not host this topic-partition|Response (Heartbeat|JoinGroup|SyncGroup|OffsetCommit|Fetch)|Limiting retries/i;

/** kafkajs through our own logger, its passing troubles as detail. */
export function kafkaLog(logger: Logger) {
  return () =>
    ({ level, log }: LogEntry): void => {
      const { message, error, broker, groupId } = log;
      const line = { kafka: { error: error as unknown, broker: broker as unknown, groupId: groupId as unknown } };
      const text = `${message} ${typeof error === 'string' ? error : ''}`;
      if (level <= logLevel.ERROR && !PASSING.test(text)) logger.error(line, message);
      else if (level === logLevel.WARN && !PASSING.test(text)) logger.warn(line, message);
      else logger.debug(line, message);
    };
}
