import { startService } from '#libs/service-defaults';
import { ticketsService } from './service.js';

await startService(ticketsService);
