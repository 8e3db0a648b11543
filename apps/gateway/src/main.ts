import { startService } from '#libs/service-defaults';
import { gatewayService } from './service.js';

await startService(gatewayService);
