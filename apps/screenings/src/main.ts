import { startService } from '#libs/service-defaults';
import { screeningsService } from './service.js';

await startService(screeningsService);
