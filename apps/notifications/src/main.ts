import { startService } from '#libs/service-defaults';
import { notificationsService } from './service.js';

await startService(notificationsService);
