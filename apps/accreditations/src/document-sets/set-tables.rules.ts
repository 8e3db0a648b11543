import type { DocumentSetFile, DocumentSetKind } from '#libs/contracts';
import type { Cell, Column } from '#libs/documents';
import type { Language, LocalText } from '#libs/kernel';
import type { SetColumn, SetData } from './document-set.rules.js';

export type SetTable = NonNullable<DocumentSetFile['table']>;

export const SET_NAMES: Readonly<Record<DocumentSetKind, LocalText>> = {
  badge: { kk: 'Бейджілер', ru: 'Бейджи', en: 'Badges' },
  'foreign-ministry': {
    kk: 'Сыртқы істер министрлігіне баспасөз аккредиттеуі',
    ru: 'Аккредитация прессы при Министерстве иностранных дел',
    en: 'Press accreditation with the Ministry of Foreign Affairs',
  },
  visa: { kk: 'Виза шақыртулары', ru: 'Приглашения для виз', en: 'Visa invitations' },
};

export const TABLE_NAMES: Readonly<Record<SetTable, LocalText>> = {
  people: { kk: 'Адамдар', ru: 'Люди', en: 'People' },
  crew: { kk: 'Түсірілім тобы', ru: 'Съёмочная группа', en: 'Crew' },
  equipment: { kk: 'Техника', ru: 'Техника', en: 'Equipment' },
  papers: { kk: 'Құжаттар', ru: 'Документы', en: 'Papers' },
};

const NAME: LocalText = { kk: 'Аты-жөні', ru: 'Имя', en: 'Name' };
const YES_NO: Readonly<Record<string, LocalText>> = {
  yes: { kk: 'иә', ru: 'да', en: 'yes' },
  no: { kk: 'жоқ', ru: 'нет', en: 'no' },
};

const text = (id: string, name: LocalText): Column => ({ id, kind: 'text', name });
const number = (id: string, name: LocalText): Column => ({ id, kind: 'number', name });
const POSITION = number('position', { kk: '№', ru: '№', en: '№' });

export interface FrozenPerson {
  position: number;
  /** Null once the person is erased: the row stays empty, and others keep their numbers. */
  data: SetData | null;
}

/** The columns and rows of one table of a set, as they are written to a sheet or a page. */
export function tableOf(
  table: SetTable,
  columns: readonly SetColumn[],
  people: readonly FrozenPerson[],
  language: Language,
): { columns: Column[]; rows: Cell[][] } {
  switch (table) {
    case 'people':
      return {
        columns: [
          POSITION,
          text('name', NAME),
          text('category', { kk: 'Санаты', ru: 'Категория', en: 'Category' }),
          ...columns.map((column) => text(column.id, column.label)),
          text('warnings', { kk: 'Ескертулер', ru: 'Предупреждения', en: 'Warnings' }),
        ],
        rows: people.map(({ position, data }) => [
          position,
          data?.name ?? null,
          data?.categoryName[language] ?? null,
          ...columns.map((column) => (data ? shown(column, data.values[column.id], language) : null)),
          data?.warnings.map((warning) => warning.text[language]).join(' ') ?? null,
        ]),
      };
    case 'crew':
      return {
        columns: [
          POSITION,
          text('with', NAME),
          text('name', { kk: 'Топ мүшесі', ru: 'Участник группы', en: 'Crew member' }),
          text('job', { kk: 'Міндеті', ru: 'Должность', en: 'Job' }),
        ],
        rows: listed(people, (data) => data.crew.map(({ name, job }) => [data.name, name, job])),
      };
    case 'equipment':
      return {
        columns: [
          POSITION,
          text('with', NAME),
          text('item', { kk: 'Зат', ru: 'Предмет', en: 'Item' }),
          text('serial', { kk: 'Сериялық нөмірі', ru: 'Серийный номер', en: 'Serial number' }),
          number('value', { kk: 'Құны, USD', ru: 'Стоимость, USD', en: 'Value, USD' }),
        ],
        rows: listed(people, (data) =>
          data.equipment.map(({ item, serial, value }) => [data.name, item, serial, value]),
        ),
      };
    case 'papers':
      return {
        columns: [
          POSITION,
          text('with', NAME),
          text('paper', { kk: 'Құжат', ru: 'Документ', en: 'Paper' }),
          text('issued', { kk: 'Күні', ru: 'Дата', en: 'Date' }),
          text('translation', {
            kk: 'Куәландырылған аударма',
            ru: 'Заверенный перевод',
            en: 'Certified translation',
          }),
          text('sha256', { kk: 'SHA-256', ru: 'SHA-256', en: 'SHA-256' }),
        ],
        rows: listed(people, (data) =>
          data.papers.map((paper) => [
            data.name,
            paper.name[language],
            paper.issuedOn,
            paper.translation === null ? null : YES_NO[paper.translation ? 'yes' : 'no']![language],
            paper.sha256,
          ]),
        ),
      };
  }
}

function listed(people: readonly FrozenPerson[], rows: (data: SetData) => Cell[][]): Cell[][] {
  return people.flatMap(({ data }) => (data ? rows(data) : [])).map((row, index) => [index + 1, ...row]);
}

function shown(column: SetColumn, value: string | undefined, language: Language): string | null {
  if (value === undefined) return null;
  if (column.kind === 'yes-no') return YES_NO[value]?.[language] ?? value;
  return column.choices.find((choice) => choice.id === value)?.name[language] ?? value;
}
