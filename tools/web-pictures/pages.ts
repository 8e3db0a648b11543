/** A page of the web and who looks at it; `as` is a login of the development house. */
export interface PageToSee {
  name: string;
  path: string;
  as?: 'admin' | 'programmer' | 'accreditation-officer' | 'house-manager' | 'finance';
}

const MEGA = 'aff19-0916-1930-mega';

/** Every page, in the order in which a festival meets it. */
export const PAGES: PageToSee[] = [
  { name: 'programme', path: '/?day=2019-09-16' },
  { name: 'films', path: '/films' },
  { name: 'film', path: '/films/adam' },
  { name: 'film, Women in Cinema', path: '/films/women-of-the-silk-road' },
  { name: 'venues', path: '/venues' },
  { name: 'my plan', path: '/plan' },
  { name: 'passes', path: '/passes' },
  { name: 'seats', path: `/screenings/${MEGA}` },
  { name: 'seats of a large hall', path: '/screenings/aff19-0914-1900-palace' },
  { name: 'checkout, empty', path: '/checkout' },
  { name: 'tickets', path: '/tickets' },
  { name: 'find my tickets', path: '/find-tickets' },
  { name: 'sign in', path: '/sign-in' },
  { name: 'password', path: '/sign-in/password' },
  { name: 'privacy', path: '/privacy' },
  { name: 'no such page', path: '/nothing-here' },
  { name: 'accreditation', path: '/accreditation' },
  { name: 'messages', path: '/accreditation/messages', as: 'admin' },
  { name: 'office', path: '/office', as: 'admin' },
  { name: 'office: timetable', path: '/office/programme', as: 'admin' },
  { name: 'office: screening', path: `/office/programme/screenings/${MEGA}`, as: 'admin' },
  { name: 'office: move', path: `/office/programme/screenings/${MEGA}/move`, as: 'admin' },
  { name: 'office: films', path: '/office/programme/films', as: 'admin' },
  { name: 'office: import', path: '/office/programme/import', as: 'admin' },
  { name: 'office: plans', path: '/office/plans', as: 'admin' },
  { name: 'office: sales', path: '/office/sales', as: 'admin' },
  { name: 'office: sales of a screening', path: `/office/sales/screenings/${MEGA}`, as: 'admin' },
  { name: 'office: orders', path: '/office/sales/orders', as: 'admin' },
  { name: 'office: prices', path: '/office/sales/prices', as: 'admin' },
  { name: 'office: promo codes', path: '/office/sales/promo-codes', as: 'admin' },
  { name: 'office: money', path: '/office/sales/money', as: 'admin' },
  { name: 'office: applications', path: '/office/accreditation', as: 'admin' },
  { name: 'office: door', path: '/office/door', as: 'admin' },
  { name: 'office: letters', path: '/office/letters', as: 'admin' },
  { name: 'office: audit log', path: '/office/audit', as: 'admin' },
  { name: 'office: dead letters', path: '/office/audit/dead-letters', as: 'admin' },
  { name: 'office: people', path: '/office/people', as: 'admin' },
  { name: 'scanner', path: '/scanner' },
  { name: 'design system', path: '/design' },
];
