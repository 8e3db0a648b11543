import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseSource, dockerEngineAnswers } from './services.js';

const never = async (): Promise<boolean> => {
  throw new Error('Docker was asked');
};

describe('where test servers come from', () => {
  it('takes a server named in the environment and asks nobody', async () => {
    await expect(chooseSource('redis', { SEANS_TEST_REDIS: 'redis://given' }, never)).resolves.toBe('environment');
  });

  it('looks at the variable of that very server', async () => {
    await expect(chooseSource('kafka', { SEANS_TEST_REDIS: 'redis://given' }, async () => true)).resolves.toBe(
      'docker',
    );
  });

  it('takes a container where a Docker engine answers', async () => {
    await expect(chooseSource('postgres', {}, async () => true)).resolves.toBe('docker');
  });

  it('takes the local stack where none does', async () => {
    await expect(chooseSource('postgres', {}, async () => false)).resolves.toBe('local');
  });
});

describe('a Docker engine', () => {
  async function withEngine<T>(listener: RequestListener, work: (host: string) => Promise<T>): Promise<T> {
    const folder = mkdtempSync(join(tmpdir(), 'seans-docker-'));
    const socket = join(folder, 'engine.sock');
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    try {
      return await work(`unix://${socket}`);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    }
  }

  it('is one that answers a ping', async () => {
    const answer = await withEngine(
      (request, response) => response.writeHead(request.url === '/_ping' ? 200 : 404).end('OK'),
      (DOCKER_HOST) => dockerEngineAnswers({ DOCKER_HOST }),
    );
    expect(answer).toBe(true);
  });

  it('is not one that answers with an error', async () => {
    const answer = await withEngine(
      (_, response) => response.writeHead(500).end(),
      (DOCKER_HOST) => dockerEngineAnswers({ DOCKER_HOST }),
    );
    expect(answer).toBe(false);
  });

  it('is not one that keeps silent for two seconds', async () => {
    const answer = await withEngine(
      () => undefined,
      (DOCKER_HOST) => dockerEngineAnswers({ DOCKER_HOST }),
    );
    expect(answer).toBe(false);
  });

  it('is not a socket that nobody listens on', async () => {
    await expect(dockerEngineAnswers({ DOCKER_HOST: 'unix:///nowhere/engine.sock' })).resolves.toBe(false);
  });
});
