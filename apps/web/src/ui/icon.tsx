import styles from './ui.module.css';

/** The house's icons: 24 grid, 2 px, round caps. A sign is always beside a word, so it is hidden from readers. */
const PATHS = {
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  down: 'M6 9l6 6 6-6',
  check: 'M5 13l4.500 4.500L19 7.500',
  close: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  place: 'M12 21s7-6.200 7-11a7 7 0 1 0-14 0c0 4.800 7 11 7 11zM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  seat: 'M6 11V6a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v5M4 11h2v4h12v-4h2v7H4zM6 18v2M18 18v2',
  subtitles: 'M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM7 12h4M14 12h3M7 15.500h7',
  bolt: 'M13 3L5 14h6l-1 7 8-11h-6z',
  list: 'M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01',
  map: 'M4 8c5-3 11-3 16 0M4 13c5-3 11-3 16 0M8 18c3-1.500 5-1.500 8 0',
  star: 'M12 4l2.500 5.200 5.700.700-4.200 3.900 1.100 5.700L12 16.700l-5.100 2.800L8 13.800 3.800 9.900l5.700-.700z',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2',
  lock: 'M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3',
  ticket:
    'M3 8a1 1 0 0 1 1-1h16a1 1 0 0 1 1 1v2a2 2 0 0 0 0 4v2a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-2a2 2 0 0 0 0-4zM14 7v10',
  calendar: 'M4 6h16v14H4zM4 10.500h16M8 3.500v4M16 3.500v4',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500c.800-4 3.800-6 7.500-6s6.700 2 7.500 6',
  download: 'M12 4v11M7.500 11L12 15.500 16.500 11M5 20h14',
  warning: 'M12 4L2.500 20h19zM12 10v5M12 17.500v.01',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.500v.01',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.500 4.500',
  refresh: 'M20 11a8 8 0 0 0-14.500-4L3.500 9M3.500 4.500V9H8M4 13a8 8 0 0 0 14.500 4l2-2M20.500 19.500V15H16',
  wheelchair: 'M10 5.500v.01M10 8.500v6h5l3 5.500M10 11h4.500M8 12.200a4.500 4.500 0 1 0 6 6',
  companion:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM3 20c.500-4 2.700-6 6-6s5.500 2 6 6M18.500 8v6M15.500 11h6',
  theme: 'M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16',
  upload: 'M12 16V5M7.500 9.500L12 5l4.500 4.500M5 20h14',
  play: 'M7 5l12 7-12 7z',
  undo: 'M9 6L4 11l5 5M4 11h10a5 5 0 0 1 0 10h-3',
  table: 'M3 5h18v14H3zM3 10h18M9 10v9',
  chart: 'M4 20V4M4 20h16M8 16v-5M12 16V8M16 16v-7',
  bin: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13',
  edit: 'M4 20l1-5L16 4l4 4L9 19z',
  menu: 'M5 12h.01M12 12h.01M19 12h.01',
  money: 'M3 7h18v11H3zM12 15.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  filter: 'M4 6h16M7 12h10M10 18h4',
  link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  camera: 'M3 8h4l2-3h6l2 3h4v11H3zM12 16.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z',
  print: 'M7 8V4h10v4M5 17H3V9h18v8h-2M7 14h10v6H7z',
  swap: 'M4 8h14l-3-3M20 16H6l3 3',
  send: 'M3 12L21 4l-6 17-3-7z',
  card: 'M3 6h18v12H3zM3 10h18M6.500 14.500h4',
  gift: 'M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7c-5-5-7 0-3 0zM12 7c5-5 7 0 3 0z',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16',
  mail: 'M3 6h18v13H3zM3 7l9 7 9-7',
  key: 'M8 15a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 11h9v4M17 11v3',
  eye: 'M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  door: 'M6 21V4h9v17M3 21h18M12 12.500v.01',
  'cloud-off':
    'M4 4l16 16M8 7.500A5.500 5.500 0 0 1 17.400 10 4 4 0 0 1 20 17M6.500 9.500A4.500 4.500 0 0 0 7.500 18H17',
  sound: 'M4 9.500v5h4l5 4v-13l-5 4zM16.500 9a4 4 0 0 1 0 6M19 6.500a8 8 0 0 1 0 11',
  silent: 'M4 9.500v5h4l5 4v-13l-5 4zM16.500 9.500l5 5M21.500 9.500l-5 5',
} as const;
export type IconName = keyof typeof PATHS;
export const ICONS = Object.keys(PATHS) as IconName[];

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={styles.icon} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The signs of the sections: a mountain for the competition, a lens for Women in Cinema. Fonts lack both. */
export function SectionSign({ sign }: { sign: 'competition' | 'women' | null }) {
  if (!sign) return null;
  return (
    <svg className={`${styles.icon} ${styles.solid}`} viewBox="0 0 24 24" aria-hidden="true">
      {sign === 'competition' ? (
        <path d="M12 3L22.500 21H1.500z" />
      ) : (
        <path
          fillRule="evenodd"
          d="M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zM12 4.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15zM12 7a5 5 0 1 1 0 10 5 5 0 0 1 0-10z"
        />
      )}
    </svg>
  );
}

/** The festival's mark: four ears in one line. */
export function Mark() {
  return (
    <svg
      viewBox="-36 -36 72 72"
      fill="none"
      stroke="currentColor"
      strokeWidth="5.4"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {[0, 90, 180, 270].map((turn) => (
        <path
          key={turn}
          transform={`rotate(${turn})`}
          d="M6 0V-15.500A10.500 10.500 0 1 1 15.500 -6H0M15.500 -6a5 5 0 1 1 0 -9.500"
        />
      ))}
    </svg>
  );
}
