import { startService } from '#libs/service-defaults';
import { accreditationsService } from './service.js';

await startService(accreditationsService);
