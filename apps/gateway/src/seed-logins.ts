import { openService } from '#libs/service-defaults';
import { CreateStaff } from './people/create-staff.js';
import { DEVELOPMENT_LOGINS } from './people/development-logins.js';
import { gatewayService } from './service.js';

/** Makes the development logins where they are missing and prints them as JSON. Refuses to run in production. */
if (process.env.SEANS_ENV === 'production') {
  process.stderr.write('the development logins are not for production\n');
  process.exit(1);
}

const NAMES = {
  admin: 'Әдия Әкімші',
  programmer: 'Бағлан Бағдарламашы',
  'accreditation-officer': 'Ақбота Аккредитация',
  'box-office': 'Кассир Қарлығаш',
  gate: 'Бақылаушы Бекзат',
  'house-manager': 'Зал меңгерушісі Зарина',
  finance: 'Қаржыгер Қанат',
} as const;

const gateway = await openService(gatewayService, { env: { ...process.env, PORT: '0', LOG_LEVEL: 'error' } });
const createStaff = gateway.app.get(CreateStaff);
for (const role of Object.keys(NAMES) as (keyof typeof NAMES)[]) {
  await createStaff.execute({ ...DEVELOPMENT_LOGINS[role], name: NAMES[role], language: 'kk', roles: [role] });
}
await gateway.stop();
process.stdout.write(`${JSON.stringify(DEVELOPMENT_LOGINS)}\n`);
