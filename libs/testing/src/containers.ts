import type { ServerName } from '../../../tools/local-stack/index.js';
import { freePort } from '../../../tools/local-stack/index.js';

const MINUTE_MS = 60_000;

/** One server in a container, by testcontainers; its own reaper removes the container when the run is over. */
export async function startContainer(name: ServerName): Promise<string> {
  // Loaded here and not above: it is heavy, and most runs have no Docker engine.
  const { GenericContainer, Wait } = await import('testcontainers');
  if (name === 'postgres') {
    const container = await new GenericContainer('postgres:18')
      .withEnvironment({ POSTGRES_USER: 'app', POSTGRES_HOST_AUTH_METHOD: 'trust' })
      .withCommand(['postgres', '-c', 'fsync=off', '-c', 'max_connections=200'])
      .withExposedPorts(5432)
      .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
      .start();
    return `postgresql://app@${container.getHost()}:${container.getMappedPort(5432)}/postgres`;
  }
  if (name === 'redis') {
    const container = await new GenericContainer('redis:7')
      .withCommand(['redis-server', '--save', '', '--databases', '1024'])
      .withExposedPorts(6379)
      .start();
    return `redis://${container.getHost()}:${container.getMappedPort(6379)}`;
  }
  // The broker tells clients its own address, so the port outside must be known before it starts.
  const port = await freePort();
  await new GenericContainer('apache/kafka:4.1.0')
    .withExposedPorts({ container: 9092, host: port })
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/).withStartupTimeout(MINUTE_MS))
    .start();
  return `127.0.0.1:${port}`;
}
