import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AddressObject, simpleParser } from 'mailparser';

/** One mail as the JSON list shows it. */
export interface StoredMail {
  id: string;
  from: string;
  to: string[];
  subject: string;
  /** ISO instant at which it arrived. */
  at: string;
}

export interface ReadableMail extends StoredMail {
  text: string;
  attachments: { name: string; type: string; size: number }[];
}

const ID = /^\d{6}$/;

function addresses(value: AddressObject | AddressObject[] | undefined): string[] {
  const list = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return list.flatMap((one) => one.value).flatMap((one) => (one.address ? [one.address] : []));
}

/** Mails as .eml files with a small .json beside each; ids count up in the order of arrival. */
export class MailStore {
  private readonly mails: StoredMail[];

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.mails = readdirSync(folder)
      .filter((name) => /^\d{6}\.json$/.test(name))
      .sort()
      .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as StoredMail);
  }

  list(): readonly StoredMail[] {
    return this.mails;
  }

  /** Keeps the mail; the file with its facts comes last, so that a crash leaves no half mail in the list. */
  async add(raw: Buffer, recipients: string[], at: Date): Promise<StoredMail> {
    const parsed = await simpleParser(raw);
    const id = String(Number(this.mails.at(-1)?.id ?? '0') + 1).padStart(6, '0');
    const mail: StoredMail = {
      id,
      from: addresses(parsed.from)[0] ?? '',
      to: recipients.length > 0 ? recipients : addresses(parsed.to),
      subject: parsed.subject ?? '',
      at: at.toISOString(),
    };
    // Taken in the same turn as the id: two mails at once must not get one id.
    this.mails.push(mail);
    writeFileSync(join(this.folder, `${id}.eml`), raw);
    writeFileSync(join(this.folder, `${id}.json.part`), JSON.stringify(mail));
    renameSync(join(this.folder, `${id}.json.part`), join(this.folder, `${id}.json`));
    return mail;
  }

  raw(id: string): Buffer | undefined {
    if (!ID.test(id) || !this.mails.some((mail) => mail.id === id)) return undefined;
    return readFileSync(join(this.folder, `${id}.eml`));
  }

  async read(id: string): Promise<ReadableMail | undefined> {
    const raw = this.raw(id);
    const mail = this.mails.find((one) => one.id === id);
    if (!raw || !mail) return undefined;
    const parsed = await simpleParser(raw);
    const attachments = parsed.attachments.map((part) => ({
      name: part.filename ?? 'unnamed',
      type: part.contentType,
      size: part.size,
    }));
    return { ...mail, text: parsed.text ?? '', attachments };
  }

  /** The mail as a mail program shows it; undefined where it has plain text alone. */
  async html(id: string): Promise<string | undefined> {
    const raw = this.raw(id);
    return raw ? (await simpleParser(raw)).html || undefined : undefined;
  }

  /** One attachment by its place in the mail. */
  async attachment(id: string, index: number): Promise<{ name: string; type: string; content: Buffer } | undefined> {
    const raw = this.raw(id);
    if (!raw) return undefined;
    const part = (await simpleParser(raw)).attachments[index];
    return part && { name: part.filename ?? 'unnamed', type: part.contentType, content: part.content };
  }
}
