import Fastify from 'fastify';
import { importAdmissionKey, readAdmissionCode } from '#libs/admission-code';

/** P6's control: Fastify and the signature of a code; nobody is looked up, nothing is kept. */
const keys = new Map([[1, await importAdmissionKey(process.env.PUBLIC_KEY ?? '')]]);
const app = Fastify();
app.get('/readyz', () => ({}));
app.post('/scans', async (request) => {
  const { outcome } = await readAdmissionCode((request.body as { code: string }).code, keys);
  return { outcome };
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.once('SIGTERM', () => process.exit(0));
