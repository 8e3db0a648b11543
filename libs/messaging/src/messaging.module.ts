import { type ArgumentsHost, Catch, type DynamicModule, type ExceptionFilter, Module } from '@nestjs/common';
import type { NestMicroservice } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Observable, throwError } from 'rxjs';
import type { Topic } from '#libs/contracts';
import { CONNECT } from '#libs/service-defaults';
import { CONSUMES, ConsumerStrategy } from './consumer-strategy.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { Hearing } from './hearing.js';
import { MessagingMetrics } from './messaging.metrics.js';
import { MessagingHealth } from './messaging-health.js';
import { Outbox } from './outbox.js';
import { Relay } from './relay.js';
import { ReplayLettersJob } from './replay-letters.job.js';

/** Hands a handler's error on as it is: the runtime must tell a refusal from a lost connection. */
@Catch()
class PassOn implements ExceptionFilter {
  catch(error: unknown, _host: ArgumentsHost): Observable<never> {
    return throwError(() => error);
  }
}

/** Connects the consumer runtime to a service's application: `@EventPattern` handlers hear from here on. */
export async function connectConsumers(app: NestFastifyApplication): Promise<void> {
  const strategy = app.get(ConsumerStrategy, { strict: false });
  const hybrid = { inheritAppConfig: false, deferInitialization: true };
  const listener = app.connectMicroservice({ strategy }, hybrid) as NestMicroservice;
  // Before its handlers are wrapped; the application's own hooks run once, in its init.
  // biome-ignore lint/correctness/useHookAtTopLevel: a Nest application, not a React hook
  listener.useGlobalFilters(new PassOn());
  listener.setIsInitHookCalled(true);
  // Everything is in place before the first fact is heard.
  await app.init();
  await app.startAllMicroservices();
}

/** Telling and hearing of one service. */
@Module({})
export class MessagingModule {
  /**
   * @param options.service the speaker's name; also the consumer's, in its inbox
   * @param options.consumes topics whose facts its `@EventPattern` handlers hear
   */
  static for(options: { service: string; consumes: readonly Topic[] }): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      controllers: options.consumes.length > 0 ? [DeadLettersController] : [],
      providers: [
        { provide: CONSUMES, useValue: options.consumes },
        { provide: CONNECT, useValue: connectConsumers },
        MessagingMetrics,
        Outbox,
        Relay,
        Hearing,
        ConsumerStrategy,
        ReplayLettersJob,
        MessagingHealth,
      ],
      exports: [Outbox, Relay, Hearing, MessagingHealth],
    };
  }
}
