import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../local-stack/index.js';
import { CONTROLS } from './controls.js';
import { changed } from './house/workshop.js';
import { plantedBugs, readBug } from './planted.js';
import { SCENARIOS } from './scenarios/index.js';

const known = new Set(SCENARIOS.map((scenario) => scenario.id));

describe('the planted bugs', () => {
  const bugs = plantedBugs();

  it('are twelve at least', () => {
    expect(bugs.length).toBeGreaterThanOrEqual(12);
  });

  it.each(bugs.map((bug) => [bug.name, bug] as const))(
    '%s applies to the source as it is, and names its scenario',
    (_, bug) => {
      const texts = new Map<string, string>();
      for (const patch of bug.patches)
        texts.set(
          patch.file,
          changed(texts.get(patch.file) ?? readFileSync(join(REPOSITORY, patch.file), 'utf8'), patch),
        );
      expect(known.has(bug.scenario)).toBe(true);
    },
  );

  it('are refused when they are not written as they should be', () => {
    expect(() => readBug('x', 'says: y\nscenario: S1\n')).toThrow('changes nothing');
    expect(() => readBug('x', 'scenario: S1\n')).toThrow('says');
  });
});

describe('the controls', () => {
  it.each(CONTROLS.map((control) => [control.name, control] as const))(
    '%s applies to the source as it is',
    (_, control) => {
      for (const patch of control.patches ?? [])
        expect(() => changed(readFileSync(join(REPOSITORY, patch.file), 'utf8'), patch)).not.toThrow();
      expect(known.has(control.scenario)).toBe(true);
    },
  );
});

describe('a patch', () => {
  const patch = { file: 'a.ts', search: 'one', replace: 'two' };

  it('changes what stands there once', () => {
    expect(changed('just one', patch)).toBe('just two');
  });

  it('fails loudly where its text is missing or stands there twice', () => {
    expect(() => changed('nobody', patch)).toThrow('0 times');
    expect(() => changed('one one', patch)).toThrow('2 times');
  });
});
