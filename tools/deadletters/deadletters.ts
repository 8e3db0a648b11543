import { Client } from 'pg';
import { type DeadLetter, DeadLetters } from '#libs/messaging';

export const USAGE = `npm run deadletters -- COMMAND
  list [--all]       what waits for a decision (with --all also what was decided)
  show SERVICE/ID    one letter with its event and where it stands in Kafka
  replay SERVICE/ID  the service hears it again, with all later ones of its key, in order
  drop SERVICE/ID    it counts as heard; those behind it can be replayed`;

/** Asks each service's own database; the service itself hears what is replayed. */
export class DeadLetterDesk {
  constructor(
    private readonly databases: Record<string, string>,
    private readonly say: (line: string) => void,
  ) {}

  /** Answers the exit code. */
  async run([command, ...rest]: string[]): Promise<number> {
    if (command === 'list') return this.list(rest.includes('--all'));
    const [service = '', id = ''] = (rest[0] ?? '').split('/');
    if (!this.databases[service] || !/^\d+$/.test(id) || !['show', 'replay', 'drop'].includes(command ?? '')) {
      this.say(USAGE);
      return 2;
    }
    return this.withLetters(service, async (letters) => {
      if (command === 'show') return this.show(service, await letters.show(id));
      if (command === 'replay') {
        const asked = await letters.replay(id);
        this.say(
          asked === 0
            ? `${service}/${id} does not wait.`
            : `${asked} asked for; the service hears them within a second.`,
        );
        return asked === 0 ? 1 : 0;
      }
      const dropped = await letters.drop(id);
      this.say(dropped ? `${service}/${id} dropped.` : `${service}/${id} does not wait.`);
      return dropped ? 0 : 1;
    });
  }

  private async list(all: boolean): Promise<number> {
    let n = 0;
    for (const service of Object.keys(this.databases))
      await this.withLetters(service, async (letters) => {
        for (const letter of await letters.list(all)) {
          n += 1;
          this.say(
            [
              `${service}/${letter.id}`,
              letter.state,
              letter.type ?? '(no event)',
              letter.key ?? '-',
              letter.reason,
            ].join('  '),
          );
        }
        return 0;
      });
    if (n === 0) this.say('No dead letters.');
    return 0;
  }

  private show(service: string, letter: DeadLetter | undefined): number {
    if (!letter) {
      this.say(`There is no letter ${service}/… with that number.`);
      return 1;
    }
    this.say(JSON.stringify(letter, null, 2));
    return 0;
  }

  private async withLetters(service: string, use: (letters: DeadLetters) => Promise<number>): Promise<number> {
    const client = new Client({ connectionString: this.databases[service] });
    await client.connect();
    try {
      return await use(new DeadLetters(async (sql, parameters) => (await client.query(sql, parameters)).rows));
    } finally {
      await client.end();
    }
  }
}
