import { type ComponentType, lazy } from 'react';
import { withWords } from '../../i18n';
import type { IconName } from '../../ui/icon';

export interface OfficeSection {
  /** Its address under /office, and the end of its name's key. */
  path: 'programme' | 'plans' | 'sales' | 'accreditation' | 'door' | 'letters' | 'audit' | 'people';
  icon: IconName;
  /** Who finds it on the rail; an admin finds all. */
  roles: string[];
  Page: ComponentType;
}

const sales = ['finance', 'house-manager', 'box-office', 'programmer'];

/** The sections of the back office, in the order of the rail; each fetches its own code and words. */
export const SECTIONS: OfficeSection[] = [
  {
    path: 'programme',
    icon: 'calendar',
    roles: ['programmer', 'house-manager'],
    Page: lazy(() => withWords('back-office/programme', import('./programme'))),
  },
  {
    path: 'plans',
    icon: 'map',
    roles: ['programmer'],
    Page: lazy(() => withWords('back-office/plans', import('./plans'))),
  },
  { path: 'sales', icon: 'ticket', roles: sales, Page: lazy(() => withWords('back-office/sales', import('./sales'))) },
  {
    path: 'accreditation',
    icon: 'person',
    roles: ['accreditation-officer'],
    Page: lazy(() => withWords('back-office/accreditation', import('./accreditation'))),
  },
  {
    path: 'door',
    icon: 'scan',
    roles: ['house-manager', 'box-office'],
    Page: lazy(() => withWords('back-office/door', import('./door'))),
  },
  { path: 'letters', icon: 'mail', roles: [], Page: lazy(() => withWords('back-office/letters', import('./letters'))) },
  { path: 'audit', icon: 'list', roles: [], Page: lazy(() => withWords('back-office/audit', import('./audit'))) },
  { path: 'people', icon: 'key', roles: [], Page: lazy(() => withWords('back-office/people', import('./people'))) },
];
