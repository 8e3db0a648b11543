import { type AddressInfo, createServer, type Server } from 'node:net';
import { createInterface } from 'node:readline';
import type { CommonSettings } from '#libs/service-defaults';
import type { NotificationsSettings } from '../settings.js';
import { CarrierBusy, CarrierRefused, CarrierUnclear } from './carrier.js';
import { MailCarrier } from './mail-carrier.js';

/** What a mail server says to each command; undefined: it hangs up. */
type Script = Partial<Record<'greeting' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'message', string | undefined>>;

const GOOD: Script = {
  greeting: '220 mx',
  AUTH: '235 ok',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go',
  message: '250 ok',
};

async function scripted(script: Script): Promise<{ server: Server; url: string }> {
  const says = { ...GOOD, ...script };
  const server = createServer((socket) => {
    let inMessage = false;
    const say = (line: string | undefined) => (line === undefined ? socket.destroy() : socket.write(`${line}\r\n`));
    socket.on('error', () => socket.destroy());
    createInterface(socket).on('line', (line) => {
      if (inMessage) {
        if (line !== '.') return;
        inMessage = false;
        return say(says.message);
      }
      const command = line.slice(0, 4).toUpperCase();
      if (command === 'EHLO') return say('250-mx\r\n250 AUTH PLAIN');
      if (command === 'DATA') inMessage = says.DATA?.startsWith('3') ?? false;
      return say(command in says ? says[command as keyof Script] : '250 ok');
    });
    say(says.greeting);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `smtp://festival:s3cr3t@127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** How a mail to such a server ends. */
async function end(script: Script): Promise<unknown> {
  const { server, url } = await scripted(script);
  const carrier = new MailCarrier({
    SMTP_URL: url,
    MAIL_FROM: 'Festival <tickets@festival.example>',
    PUBLIC_URL: 'http://127.0.0.1:8080',
    MAIL_TOKEN_KEY: Buffer.alloc(32),
  } as CommonSettings & NotificationsSettings);
  const mail = { id: 'm-1', to: 'a@example.kz', subject: 'S', html: '<p>', text: 't', language: 'ru' };
  const error = await carrier.carry({ ...mail, maybeRepeated: false, attachments: [] }).catch((no: unknown) => no);
  carrier.onApplicationShutdown();
  server.close();
  return error;
}

describe('a mail server', () => {
  it('takes a mail', async () => {
    expect(await end({})).toBeUndefined();
  });

  it('refuses for good where it speaks of the recipient or of the mail', async () => {
    expect(await end({ RCPT: '550 5.1.1 no such user' })).toEqual(new CarrierRefused('smtp-550', '5.1.1'));
    expect(await end({ message: '554 5.7.1 spam' })).toEqual(new CarrierRefused('smtp-554', '5.7.1'));
  });

  it.each<[string, Script, string]>([
    ['a wrong password', { AUTH: '535 5.7.8 bad credentials' }, 'smtp-535'],
    ['a greeting that sends us away', { greeting: '554 5.7.1 go away' }, 'smtp-554'],
    ['a sender that is refused', { MAIL: '550 5.7.1 not yours' }, 'smtp-550'],
    ['a recipient for whom it is busy', { RCPT: '451 4.7.1 greylisted' }, 'smtp-451'],
    ['hanging up before the mail', { RCPT: undefined }, 'econnection'],
  ])('is tried again after %s: another try may go well', async (_what, script, code) => {
    const error = await end(script);
    expect(error).toBeInstanceOf(CarrierBusy);
    expect(error).toMatchObject({ code });
  });

  it('leaves open whether it took a mail when it hangs up instead of answering', async () => {
    expect(await end({ message: undefined })).toBeInstanceOf(CarrierUnclear);
  });
});
