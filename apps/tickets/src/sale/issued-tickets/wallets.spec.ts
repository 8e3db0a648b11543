import { createHash, createPublicKey, createVerify, generateKeyPairSync } from 'node:crypto';
import { jwtVerify } from 'jose';
import forge from 'node-forge';
import { applePass } from './apple-pass.js';
import { googleWalletLink } from './google-wallet.js';
import { developmentCertificate, type PassCertificate } from './pass-certificate.js';
import { type TicketFacts, ticketPaper } from './ticket-paper.rules.js';

const TICKET = '0191f1d0-0000-7000-8000-0000000000aa';
const FACTS: TicketFacts = {
  title: { kk: 'Әлемнің шетіне дейін', ru: 'На край света', en: 'To the Ends of the Earth' },
  startsAt: new Date('2019-09-16T13:30:00Z'),
  endsAt: new Date('2019-09-16T15:10:00Z'),
  doorsOpenAt: new Date('2019-09-16T13:00:00Z'),
  lateEntryUntil: new Date('2019-09-16T13:45:00Z'),
  timezone: 'Asia/Almaty',
  venue: { kk: 'Арман', ru: 'Арман', en: 'Arman' },
  hall: { kk: 'Үлкен зал', ru: 'Большой зал', en: 'Great hall' },
  row: '7',
  seat: '14',
  general: false,
  places: 1,
  ageRating: '16+',
  guardianNote: null,
  kind: null,
  price: { amount: 250_000, currency: 'KZT' },
  listPrice: { amount: 250_000, currency: 'KZT' },
  reasons: [],
  refundUntil: null,
  admissionCode: '0V$M*5'.repeat(23),
  shortCode: 'K7Q4MX',
  live: true,
  poster: { id: 'to-the-ends-of-the-earth', salt: 'almaty-2019.404', family: 'cut', countries: 3, minutes: 120 },
};
const ORDER = {
  number: 'K7QF-2M9T',
  festival: { kk: 'Алматы кинофестивалі', ru: 'Алматинский кинофестиваль', en: 'Almaty Film Festival' },
  days: { from: '2019-09-14', to: '2019-09-20' },
  link: '',
};
const paper = (language: 'kk' | 'ru' | 'en', changes: Partial<TicketFacts> = {}) =>
  ticketPaper({ ...FACTS, ...changes }, { ...ORDER, language }, 0, 1);

/** The files of an archive whose entries are stored as they are. */
function stored(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let at = 0; zip.readUInt32LE(at) === 0x04034b50; ) {
    const [size, name, extra] = [zip.readUInt32LE(at + 18), zip.readUInt16LE(at + 26), zip.readUInt16LE(at + 28)];
    const from = at + 30 + name + extra;
    files.set(zip.subarray(at + 30, at + 30 + name).toString(), zip.subarray(from, from + size));
    at = from + size;
  }
  return files;
}

describe('a pass of Apple Wallet', () => {
  let certificate: PassCertificate;
  beforeAll(async () => {
    certificate = await developmentCertificate('pass.example.seans.ticket', 'SEANSTEST1');
  });
  const pass = async (language: 'kk' | 'ru' | 'en') =>
    stored(
      await applePass(TICKET, FACTS, paper(language), language, {
        passType: 'pass.example.seans.ticket',
        team: 'SEANSTEST1',
        certificate,
      }),
    );

  it("carries the admission code, the start, row and seat in the person's language", async () => {
    const json = JSON.parse((await pass('kk')).get('pass.json')!.toString());
    expect(json).toMatchObject({
      formatVersion: 1,
      serialNumber: TICKET,
      passTypeIdentifier: 'pass.example.seans.ticket',
      teamIdentifier: 'SEANSTEST1',
      relevantDate: '2019-09-16T13:30:00.000Z',
      barcodes: [{ format: 'PKBarcodeFormatQR', message: FACTS.admissionCode, messageEncoding: 'iso-8859-1' }],
    });
    expect(json.eventTicket.primaryFields[0].value).toBe('Әлемнің шетіне дейін');
    expect(json.eventTicket.auxiliaryFields.slice(0, 2)).toEqual([
      { key: 'place-0', label: 'Қатар', value: '7' },
      { key: 'place-1', label: 'Орын', value: '14' },
    ]);
    expect(JSON.parse((await pass('en')).get('pass.json')!.toString()).eventTicket.auxiliaryFields[1].label).toBe(
      'Seat',
    );
  });

  it('lists the digest of every file, and the manifest is signed by the certificate', async () => {
    const files = await pass('ru');
    const manifest = JSON.parse(files.get('manifest.json')!.toString()) as Record<string, string>;
    const listed = [...files.keys()].filter((name) => name !== 'manifest.json' && name !== 'signature').sort();
    expect(Object.keys(manifest).sort()).toEqual(listed);
    for (const name of listed) expect(createHash('sha1').update(files.get(name)!).digest('hex')).toBe(manifest[name]);
    expect(listed).toEqual(expect.arrayContaining(['icon.png', 'icon@2x.png', 'strip@2x.png']));

    const signature = files.get('signature')!.toString('binary');
    const message = forge.pkcs7.messageFromAsn1(forge.asn1.fromDer(signature));
    const { rawCapture: raw } = message as unknown as {
      rawCapture: { authenticatedAttributes: forge.asn1.Asn1[]; signature: string; digestAlgorithm: string };
    };
    const attributes = forge.asn1.create(
      forge.asn1.Class.UNIVERSAL,
      forge.asn1.Type.SET,
      true,
      raw.authenticatedAttributes,
    );
    const verify = createVerify('sha256').update(Buffer.from(forge.asn1.toDer(attributes).getBytes(), 'binary'));
    const signer = createPublicKey(certificate.signer);
    const algorithm = forge.asn1.derToOid(raw.digestAlgorithm);
    const signed = Buffer.from(raw.signature, 'binary');
    const genuine =
      algorithm === forge.pki.oids.sha256
        ? verify.verify(signer, signed)
        : createVerify('sha1')
            .update(Buffer.from(forge.asn1.toDer(attributes).getBytes(), 'binary'))
            .verify(signer, signed);
    expect(genuine).toBe(true);
    const digest = createHash(algorithm === forge.pki.oids.sha256 ? 'sha256' : 'sha1')
      .update(files.get('manifest.json')!)
      .digest();
    expect(Buffer.from(forge.asn1.toDer(attributes).getBytes(), 'binary').includes(digest)).toBe(true);
  });
});

describe('a link of Google Wallet', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const link = (language: 'kk' | 'ru' | 'en', facts = FACTS) =>
    googleWalletLink(TICKET, 'demo-0916-ends', facts, paper(language, facts), language, {
      issuer: '3388000000000000000',
      account: 'seans@example.iam.gserviceaccount.com',
      key: privateKey,
    });

  it('is signed by the service account and names class, object, code and seat', async () => {
    const url = await link('ru');
    const { payload, protectedHeader } = await jwtVerify(url.split('/').at(-1)!, publicKey, {
      audience: 'google',
      issuer: 'seans@example.iam.gserviceaccount.com',
    });
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toMatchObject({
      typ: 'savetowallet',
      payload: {
        eventTicketClasses: [
          {
            id: '3388000000000000000.demo-0916-ends',
            eventName: { defaultValue: { language: 'ru', value: 'На край света' } },
            dateTime: { start: '2019-09-16T13:30:00Z' },
          },
        ],
        eventTicketObjects: [
          {
            id: `3388000000000000000.${TICKET.replaceAll('-', '')}`,
            classId: '3388000000000000000.demo-0916-ends',
            barcode: { type: 'QR_CODE', value: FACTS.admissionCode },
            seatInfo: { row: { defaultValue: { value: '7' } }, seat: { defaultValue: { value: '14' } } },
          },
        ],
      },
    });
  });

  it.each(['kk', 'ru', 'en'] as const)('is not longer than Google takes (%s)', async (language) => {
    const long = 'Сұмдық ұзақ атаулы көркем фильм: Әлемнің екінші шетіне дейінгі жол туралы баян';
    const facts = { ...FACTS, title: { kk: long, ru: long, en: long } };
    expect((await link(language, facts)).length).toBeLessThanOrEqual(1_800);
  });

  it('names no seat where there is none', async () => {
    const url = await link('en', { ...FACTS, general: true, row: '—', seat: '—' });
    const { payload } = await jwtVerify(url.split('/').at(-1)!, publicKey);
    expect(JSON.stringify(payload)).not.toContain('seatInfo');
  });
});
