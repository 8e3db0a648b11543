import type { OfficeProgramme } from '#libs/contracts';

export type GuideStep = 'programme' | 'halls' | 'sales' | 'accreditation' | 'scanner';

/** What is known of an edition; undefined where the person may not know it. */
export interface Facts {
  programme?: Pick<OfficeProgramme, 'screenings' | 'venues' | 'plans'>;
  /** Categories of accreditation and when each opens. */
  categories?: readonly { opensAt?: string | null }[];
  devices?: readonly { state: string }[];
  /** Festival time. */
  now: Date;
}

/** Whether each step of a first edition is done; undefined where nobody can tell this person. */
export function guideSteps({ programme, categories, devices, now }: Facts): { id: GuideStep; done?: boolean }[] {
  const planned = new Set(programme?.plans.map((plan) => plan.hallId));
  const used = new Set(programme?.screenings.map((screening) => screening.hallId));
  const onSale = ['on-sale', 'closed', 'ended'];
  return [
    { id: 'programme', done: programme && programme.screenings.length > 0 },
    { id: 'halls', done: programme && planned.size > 0 && [...used].every((hall) => planned.has(hall)) },
    { id: 'sales', done: programme?.screenings.some(({ state }) => onSale.includes(state)) },
    {
      id: 'accreditation',
      done: categories?.some(({ opensAt }) => !opensAt || Date.parse(opensAt) <= +now),
    },
    { id: 'scanner', done: devices?.some(({ state }) => state === 'paired') },
  ];
}
