import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { readRunFacts } from './run-facts.js';
import type { Stage } from './stage.js';
import { check, until } from './walk.js';

const KAFKA_PAUSE_MS = 15_000;

/** f. Parts die in the middle of sales. Only processes named in run.json are touched. */
export async function faultsStep(stage: Stage, screening: string, say: (line: string) => void): Promise<void> {
  await kafkaStops(stage, screening, say);
  await redisIsEmptied(stage, screening, say);
  await serviceIsKilled(stage, screening, say);
}

async function kafkaStops(stage: Stage, screening: string, say: (line: string) => void): Promise<void> {
  const seats = await stage.freeSeats(screening);
  const kafka = stage.run.processes.kafka;
  check(kafka, 'run.json names the Kafka process');
  process.kill(kafka, 'SIGSTOP');
  const sold: string[] = [];
  const from = Date.now();
  try {
    while (Date.now() - from < KAFKA_PAUSE_MS) {
      const seat = seats[sold.length];
      if (!seat || sold.length === 6) break;
      sold.push((await stage.buy(screening, [seat])).email);
    }
    const rest = KAFKA_PAUSE_MS - (Date.now() - from);
    if (rest > 0) await wait(rest);
  } finally {
    process.kill(kafka, 'SIGCONT');
  }
  check(sold.length >= 3, 'sales went on', sold.length);
  const back = Date.now();
  for (const email of sold) await stage.mail(email, (mail) => mail.attachments.length > 0, 90);
  const took = (Date.now() - back) / 1_000;
  for (const email of sold) {
    const mails = (await stage.mails(email)).filter((mail) => mail.attachments.length > 0);
    check(
      mails.length === 1,
      'no mail twice',
      mails.map((mail) => mail.subject),
    );
  }
  say(
    `Kafka stood still for 15 s: ${sold.length} orders sold meanwhile, ${sold.length} mails within ${took.toFixed(1)} s of its return, none twice`,
  );
}

async function redisIsEmptied(stage: Stage, screening: string, say: (line: string) => void): Promise<void> {
  const redis = new Redis(stage.run.redis, { maxRetriesPerRequest: 1 });
  const [free, other] = (await stage.freeSeats(screening)) as [string, string];
  const bought = await stage.buy(screening, [free]);
  const held = await stage.hold(bought.buyer, screening, [other]);
  check(held.status === 201, 'a hold before the loss', held.body);
  await redis.flushall();
  await redis.quit();
  const from = Date.now();
  const twice = await until('the door of the hold store answers', async () => {
    const answer = await stage.hold(stage.visitor(), screening, [free]);
    return answer.status < 500 && answer;
  });
  check(twice.body.code === 'seats-taken', 'a sold seat stays sold', twice.body);
  const back = Date.now() - from;
  check(back < 1_000, 'selling goes on within a second', back);
  const placed = await stage.order(bought.buyer, held.body.token, stage.address('holder'));
  check(placed.status === 201, "a hold's token still buys its free seat", placed.body);
  say(`Redis emptied: the sold seat stayed sold, selling went on after ${back} ms, an old hold still became an order`);
}

async function serviceIsKilled(stage: Stage, screening: string, say: (line: string) => void): Promise<void> {
  const before = readRunFacts()?.services.tickets?.pid ?? stage.run.services.tickets?.pid;
  check(before, 'run.json names the tickets process');
  const [seat] = (await stage.freeSeats(screening)) as [string];
  process.kill(before, 'SIGKILL');
  const from = Date.now();
  await until(
    'the service is back under a new process',
    async () => {
      const now = readRunFacts()?.services.tickets;
      return now && now.pid !== before && (await fetch(`${now.url}/readyz`)).ok;
    },
    60,
  );
  const { order } = await stage.buy(screening, [seat]);
  say(
    `tickets killed with -9: back and selling after ${((Date.now() - from) / 1_000).toFixed(1)} s (order ${order.number})`,
  );
}
