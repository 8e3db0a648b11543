import { ensureJava, ensureMaven, javaMajor } from './java.js';
import { StartTrouble } from './trouble.js';

const VERSION = {
  eight: 'openjdk version "1.8.0_392"',
  seventeen: 'openjdk version "17.0.15" 2025-04-15',
  twentyFive: 'java version "25" 2025-09-16',
};

/** A machine on which the given commands answer so; all others are not there. */
function machine(answers: Record<string, string>) {
  return (command: string, args: string[]) => {
    const output = answers[`${command} ${args.join(' ')}`] ?? answers[command];
    return output === undefined ? { status: null, output: '' } : { status: 0, output };
  };
}

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof StartTrouble ? error.code : String(error);
  }
}

describe('the version of Java', () => {
  it.each([
    [VERSION.eight, 8],
    [VERSION.seventeen, 17],
    [VERSION.twentyFive, 25],
    ['command not found', undefined],
  ])('of %s is %s', (output, major) => expect(javaMajor(output)).toBe(major));
});

describe('Java for Kafka', () => {
  const home = process.env.JAVA_HOME;
  beforeEach(() => {
    delete process.env.JAVA_HOME;
  });
  afterAll(() => {
    if (home !== undefined) process.env.JAVA_HOME = home;
  });
  const none = () => undefined;

  it('is the one on the PATH when it is new enough', () => {
    expect(ensureJava(none, machine({ java: VERSION.seventeen }), false)).toBe('java');
  });

  it('is refused by its age, with what to do', () => {
    expect(codeOf(() => ensureJava(none, machine({ java: VERSION.eight }), false))).toBe('java-too-old');
  });

  it('is missed plainly', () => {
    expect(codeOf(() => ensureJava(none, machine({}), false))).toBe('java-missing');
    expect(codeOf(() => ensureMaven(none, machine({}), false))).toBe('maven-missing');
  });

  it('is installed where that is allowed', () => {
    const asked: string[] = [];
    let there = false;
    const exec = (command: string, args: string[]) => {
      asked.push(`${command} ${args[0]}`);
      if (command === 'apt-get') there = true;
      if (command === 'apt-cache') {
        return {
          status: 0,
          output: args[1] === 'openjdk-17-jre-headless' ? 'Candidate: 17.0.15' : 'Candidate: (none)',
        };
      }
      return there ? { status: 0, output: VERSION.seventeen } : { status: null, output: '' };
    };
    expect(ensureJava(none, exec, true)).toBe('java');
    expect(asked).toContain('apt-get install');
  });

  it('says so when apt-get cannot', () => {
    const exec = machine({ 'apt-cache policy openjdk-17-jre-headless': 'Candidate: 17.0.15' });
    expect(codeOf(() => ensureJava(none, exec, true))).toBe('apt-failed');
  });
});
