import { defineRefusal, type LocalText } from '#libs/kernel';

/** One reason why a programme file can't be loaded: where it stands and what is wrong, for a person with an editor. */
export interface RowProblem {
  file: string;
  line: number;
  /** JSON pointer without the leading slash: "screenings/3/hallId". */
  pointer: string;
  code: string;
  reason: LocalText;
}

export const programmeRefused = defineRefusal('programme-refused', 'invalid', {
  kk: 'Бағдарлама файлында қате жолдар бар. Ештеңе жүктелген жоқ.',
  ru: 'В файле программы есть неверные строки. Ничего не загружено.',
  en: 'The programme file has bad rows. Nothing was loaded.',
});

const REASONS: Record<string, LocalText> = {
  'json-broken': {
    kk: 'Бұл жер JSON емес.',
    ru: 'Здесь текст перестаёт быть JSON.',
    en: 'The text stops being JSON here.',
  },
  'file-empty': {
    kk: 'Бағдарлама жолдары жоқ.',
    ru: 'Здесь нет строк программы.',
    en: 'There are no programme rows here.',
  },
  'kind-unknown': {
    kk: 'Мұндай тізім жоқ.',
    ru: 'Такого списка в программе не бывает.',
    en: 'A programme has no such list.',
  },
  'id-missing': { kk: 'Жолдың id мәні керек.', ru: 'У строки нет id.', en: 'The row has no id.' },
  'id-repeated': {
    kk: 'Бұл id осы файлда бұрын болған.',
    ru: 'Этот id уже был в этом файле.',
    en: 'This id stood in the file before.',
  },
  'edition-missing': { kk: 'Фестиваль жолы жоқ.', ru: 'Нет строки фестиваля.', en: 'There is no edition row.' },
  'edition-other': {
    kk: 'Файл басқа фестивальге арналған.',
    ru: 'Файл относится к другому фестивалю.',
    en: 'The file is for another edition.',
  },
  'reference-unknown': { kk: 'Мұндай id жоқ.', ru: 'Такого id нет.', en: 'There is no row with this id.' },
  'zone-unknown': {
    kk: 'Мұндай уақыт белдеуі жоқ.',
    ru: 'Такого часового пояса нет.',
    en: 'There is no such time zone.',
  },
  'time-invalid': {
    kk: 'Күн мен сағат дұрыс емес.',
    ru: 'Неверные день или час.',
    en: 'Not a day and hour of the calendar.',
  },
  'outside-edition': {
    kk: 'Сеанс фестиваль күндерінен тыс.',
    ru: 'Сеанс вне дней фестиваля.',
    en: 'The screening is outside the days of the edition.',
  },
  'state-not-importable': {
    kk: 'Файл бұл күйді қоя алмайды.',
    ru: 'Файл не может задать это состояние.',
    en: 'A file cannot set this state.',
  },
  'screening-empty': {
    kk: 'Сеанстың бөлімдері жоқ.',
    ru: 'В сеансе нет ни одной части.',
    en: 'The screening has no items.',
  },
  'minutes-missing': { kk: 'Ұзақтығы белгісіз.', ru: 'Неизвестна длительность.', en: 'The minutes are not known.' },
  'hour-illegal': {
    kk: '21+ фильм 22:00-ден ерте басталмайды.',
    ru: 'Фильм 21+ не начинают раньше 22:00.',
    en: 'A film rated 21+ does not start before 22:00.',
  },
  'hall-overlap': {
    kk: 'Зал бұл уақытта бос емес.',
    ru: 'Зал в это время занят.',
    en: 'The hall is taken at that time.',
  },
  'turnaround-too-short': {
    kk: 'Сеанстар арасында 15 минут жоқ.',
    ru: 'Между сеансами меньше 15 минут.',
    en: 'Less than 15 minutes between two screenings.',
  },
  'allocation-too-large': {
    kk: 'Бөлінген орындар залдан көп.',
    ru: 'Квоты больше зала.',
    en: 'The allocations are larger than the hall.',
  },
  'screening-of-other-edition': {
    kk: 'Бұл id басқа фестивальде бар.',
    ru: 'Этот id занят в другом фестивале.',
    en: 'Another edition has a screening with this id.',
  },
  'plan-malformed': { kk: 'Орын жоспары дұрыс емес.', ru: 'Схема зала испорчена.', en: 'The seat plan is malformed.' },
  'plan-too-large': {
    kk: 'Орын саны дұрыс емес.',
    ru: 'Негодное число мест.',
    en: 'The plan has no seats or too many.',
  },
  'seat-repeated': {
    kk: 'Орын екі рет кездеседі.',
    ru: 'Место встречается дважды.',
    en: 'A seat stands in the plan twice.',
  },
  'seat-without-number': { kk: 'Орынның нөмірі жоқ.', ru: 'У места нет номера.', en: 'A seat has no number.' },
  'place-repeated': {
    kk: 'Қатарда бір нөмір екі рет бар.',
    ru: 'Номер в ряду повторяется.',
    en: 'A number stands in the row twice.',
  },
  'row-empty': { kk: 'Қатарда орын жоқ.', ru: 'В ряду нет мест.', en: 'A row has no seats.' },
  'row-repeated': {
    kk: 'Қатар екі рет кездеседі.',
    ru: 'Ряд встречается дважды.',
    en: 'A row stands in the plan twice.',
  },
  'category-unknown': {
    kk: 'Мұндай баға санаты жоқ.',
    ru: 'Такой ценовой категории нет.',
    en: 'There is no such price category.',
  },
  'wheelchair-unknown': {
    kk: 'Арба орны жоспарда жоқ.',
    ru: 'Места для коляски нет в схеме.',
    en: 'A wheelchair place is not in the plan.',
  },
  'companion-without-seat': {
    kk: 'Серік орнының арба орны жоқ.',
    ru: 'У места спутника нет места для коляски.',
    en: 'A companion place has no wheelchair place.',
  },
};

/** A reason in words, with what it is about ("14-2") put behind. */
export function reasonOf(code: string, about?: string): LocalText {
  const text = REASONS[code] ?? { kk: code, ru: code, en: code };
  if (!about) return text;
  return { kk: `${text.kk} (${about})`, ru: `${text.ru} (${about})`, en: `${text.en} (${about})` };
}
