const WORDS = {
  kk: {
    title: 'Кезек',
    keep: 'Бұл бетті жаппаңыз. Жауып қойсаңыз да, осы браузерде орныңыз сақталады; көшірілген сілтеме орынды екінші рет бермейді.',
    gathering: (time) =>
      `Сату ${time} ашылады. Сол сәтте осында тұрғандардың бәрі жеребемен араластырылады: ерте келудің пайдасы жоқ.`,
    waiting: (ahead, minutes) => `Алдыңызда ${ahead} адам. Шамамен ${minutes} мин қалды.`,
    admitted: (time) => `Сіздің кезегіңіз. ${time} дейін орын таңдай аласыз.`,
    over: 'Бұл кезек аяқталды немесе уақытыңыз өтті.',
    enter: 'Орын таңдау',
    again: 'Бағдарламаны ашу',
    none: 'Қазір кезек жоқ: билеттер еркін сатылуда.',
    away: 'Байланыс жоқ. Ештеңе жоғалған жоқ: орныңыз сақтаулы, өзіміз қайта көреміз.',
    elsewhere: 'Бұл орын басқа браузерде ашылды, енді сонда жарамды.',
    full: 'Бұл желіден тым көп орын алынған. Кіріп алып, қайталаңыз.',
    fair: 'Жеребенің әділдігін қалай тексеруге болады',
    commitment: 'Алдын ала жарияланған із (SHA-256)',
    seed: 'Тұқым, ашылғаннан кейін',
    place: 'Орныңыздың нөмірі',
    sound: 'Осы браузерде қайта есептелді: тұқым жарияланған ізге сай, ретіңіз дұрыс.',
    wrong: 'Қайта есептегенде сәйкес келмеді. Бізге хабарлаңыз.',
  },
  ru: {
    title: 'Очередь',
    keep: 'Не закрывайте эту страницу. Если закроете, место останется за этим браузером; скопированная ссылка второго места не даст.',
    gathering: (time) =>
      `Продажа откроется ${time}. Всех, кто будет здесь в этот момент, перемешает жребий: прийти раньше не выгоднее.`,
    waiting: (ahead, minutes) => `Перед вами: ${ahead}. Осталось около ${minutes} мин.`,
    admitted: (time) => `Ваша очередь. Выбирать места можно до ${time}.`,
    over: 'Эта очередь закончилась или ваше время вышло.',
    enter: 'Выбрать места',
    again: 'Открыть программу',
    none: 'Очереди сейчас нет: билеты в свободной продаже.',
    away: 'Нет связи. Ничего не потеряно: место за вами, мы спросим снова сами.',
    elsewhere: 'Это место открыли в другом браузере, теперь оно действует там.',
    full: 'Из этой сети занято слишком много мест. Войдите в учётную запись и повторите.',
    fair: 'Как проверить, что жребий честный',
    commitment: 'Отпечаток, опубликованный заранее (SHA-256)',
    seed: 'Зерно, после открытия',
    place: 'Номер вашего места',
    sound: 'Пересчитано в этом браузере: зерно отвечает отпечатку, ваше место верное.',
    wrong: 'Пересчёт не сошёлся. Сообщите нам, пожалуйста.',
  },
  en: {
    title: 'The queue',
    keep: 'Please keep this page open. If you close it, your place stays with this browser; a copied link gives no second place.',
    gathering: (time) =>
      `Sales open ${time}. Everybody who is here at that moment is shuffled: coming earlier is no advantage.`,
    waiting: (ahead, minutes) => `${ahead} ahead of you. About ${minutes} min to go.`,
    admitted: (time) => `It is your turn. You can choose seats until ${time}.`,
    over: 'This queue is over, or your time has run out.',
    enter: 'Choose seats',
    again: 'Open the programme',
    none: 'There is no queue now: tickets are on open sale.',
    away: 'No connection. Nothing is lost: your place is kept, and we ask again by ourselves.',
    elsewhere: 'This place was opened in another browser and belongs there now.',
    full: 'Too many places were taken from this network. Please sign in and try again.',
    fair: 'How to check that the draw is fair',
    commitment: 'Digest, published beforehand (SHA-256)',
    seed: 'Seed, after the opening',
    place: 'Id of your place',
    sound: 'Computed again in this browser: the seed fits the digest, and your place is right.',
    wrong: 'The result does not agree. Please tell us.',
  },
};
const API = '/api/entry-queues';
const KEPT = 'seans.queue-place';
const LOOK_MS = { gathering: 5_000, waiting: 4_000, admitted: 15_000, over: 60_000 };

const query = new URLSearchParams(location.search);
/** Only our own pages: a link from outside must not lead on to somewhere else. */
const back = /^\/(?!\/)[\w\-./?=&%]*$/.test(query.get('back') ?? '') ? query.get('back') : '/';
const at = (id) => document.getElementById(id);
const kept = () => JSON.parse(localStorage.getItem(KEPT) ?? 'null');
const languages = [localStorage.getItem('seans.language'), ...navigator.languages.map((name) => name.slice(0, 2))];
let language = languages.find((name) => name && Object.hasOwn(WORDS, name)) ?? 'kk';
let queue;
let place;
let trouble;

function clock(instant) {
  const there = new Date(instant);
  const two = (number) => String(number).padStart(2, '0');
  const day =
    there.toDateString() === new Date().toDateString() ? '' : `${two(there.getDate())}.${two(there.getMonth() + 1)} `;
  return `${day}${two(there.getHours())}:${two(there.getMinutes())}`;
}

function say(words) {
  if (place?.state === 'gathering') return words.gathering(clock(place.opensAt));
  if (place?.state === 'waiting') return words.waiting(place.ahead, Math.max(1, Math.ceil(place.seconds / 60)));
  if (place?.state === 'admitted') return words.admitted(clock(place.until));
  if (place?.state === 'over') return words.over;
  return queue === null ? words.none : '';
}

function show() {
  const words = WORDS[language];
  document.documentElement.lang = language;
  document.title = place?.state === 'waiting' ? `${place.place} · ${words.title}` : words.title;
  at('title').textContent = words.title;
  at('name').textContent = queue?.name[language] ?? '';
  at('big').textContent = place?.place && place.state !== 'over' ? String(place.place) : '';
  at('say').textContent = say(words);
  const wait = at('progress');
  wait.hidden = place?.state !== 'waiting';
  wait.max = place?.place ?? 1;
  wait.value = place?.place ? place.place - (place.ahead ?? 0) : 0;
  const enter = at('enter');
  enter.hidden = !(place?.state === 'admitted' || place?.state === 'over' || queue === null);
  enter.textContent = place?.state === 'admitted' ? words.enter : words.again;
  enter.href = place?.state === 'over' ? '/' : back;
  at('trouble').hidden = !trouble;
  at('trouble').textContent = trouble ? words[trouble] : '';
  at('keep').textContent = words.keep;
  at('fair').textContent = words.fair;
  at('commitment-label').textContent = words.commitment;
  at('seed-label').textContent = words.seed;
  at('place-label').textContent = words.place;
  at('commitment').textContent = queue?.commitment ?? '';
  at('place-id').textContent = place?.placeId ?? '';
  for (const button of document.querySelectorAll('[data-language]'))
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
}

async function ask(path, body) {
  const answer = await fetch(`${API}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Accept: 'application/json', ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  return { status: answer.status, body: await answer.json() };
}

async function look() {
  const own = kept();
  if (own) {
    const answer = await ask('/places/look', { token: own.token });
    if (answer.status === 200) return answer.body;
    if (answer.body.code === 'queue-place-elsewhere') {
      trouble = 'elsewhere';
      return undefined;
    }
    if (answer.status >= 500) throw new Error(answer.body.code);
    localStorage.removeItem(KEPT);
  }
  if (!queue) return undefined;
  const joined = await ask(`/${queue.id}/places`, {});
  if (joined.status === 200) return joined.body;
  if (joined.status >= 500) throw new Error(joined.body.code);
  trouble = joined.body.code === 'queue-network-full' ? 'full' : trouble;
  return undefined;
}

async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The draw once more, here: the seed fits what was published, and this place stands where it says. */
async function check() {
  if (!place?.place || at('seed').textContent || !crypto.subtle) return;
  const answer = await ask(`/${place.queueId}/draw`);
  if (answer.status !== 200) return;
  const draw = answer.body;
  at('seed').textContent = draw.seed;
  at('rule').textContent = draw.rule[language];
  const lots = await Promise.all(draw.drawn.map(async (id) => ({ id, lot: await digest(`${draw.seed}:${id}`) })));
  const order = [...lots].sort((a, b) => (a.lot < b.lot ? -1 : 1)).map(({ id }) => id);
  const there = order.indexOf(place.placeId) + 1;
  const fits = (await digest(draw.seed)) === draw.commitment && draw.commitment === queue?.commitment;
  const sound = fits && (there === place.place || (there === 0 && place.place > order.length));
  at('checked').textContent = WORDS[language][sound ? 'sound' : 'wrong'];
}

async function turn() {
  let next = 5_000;
  try {
    trouble = undefined;
    const standing = await ask('');
    queue = standing.body.find((one) => one.id === query.get('queue')) ?? standing.body[0] ?? null;
    place = await look();
    if (place) localStorage.setItem(KEPT, JSON.stringify({ token: place.token }));
    next = LOOK_MS[place?.state ?? 'over'];
    await check();
  } catch {
    trouble = 'away';
  }
  show();
  // A little apart, so that thousands do not ask in the same instant.
  setTimeout(turn, next * (0.8 + Math.random() * 0.4));
}

for (const button of document.querySelectorAll('[data-language]'))
  button.addEventListener('click', () => {
    language = button.dataset.language;
    localStorage.setItem('seans.language', language);
    show();
  });
show();
turn();
