const routes = document.getElementById('routes');
const find = document.getElementById('find');

const element = (name, text, className) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
};

const schemaBlock = (title, schema) => {
  if (!schema) return [];
  return [element('h3', title), element('pre', JSON.stringify(schema, null, 2))];
};

function show(path, method, operation) {
  const details = element('details');
  const summary = element('summary');
  summary.append(
    element('code', method.toUpperCase(), 'method'),
    element('code', path),
    element('span', (operation['x-access'] ?? []).join(', '), 'who'),
  );
  details.append(summary, element('p', operation.summary));
  for (const { name, in: where, required } of operation.parameters ?? []) {
    details.append(element('p', `${name} (${where}${required ? ', needed' : ''})`));
  }
  details.append(...schemaBlock('Body', operation.requestBody?.content?.['application/json']?.schema));
  const answer = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2'))?.[1];
  details.append(...schemaBlock('Answer', answer?.content?.['application/json']?.schema));
  details.dataset.words = `${method} ${path} ${operation.summary}`.toLowerCase();
  return details;
}

function filter() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const details of routes.querySelectorAll('details')) {
    details.hidden = !words.every((word) => details.dataset.words.includes(word));
  }
}

try {
  const api = await (await fetch('/api/openapi.json')).json();
  const groups = new Map();
  for (const [path, item] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const group = operation.tags?.[0] ?? 'other';
      if (!groups.has(group)) groups.set(group, []);
      groups.get(group).push(show(path, method, operation));
    }
  }
  routes.replaceChildren(...[...groups].flatMap(([group, shown]) => [element('h2', group), ...shown]));
  find.addEventListener('input', filter);
} catch {
  routes.replaceChildren(element('p', 'The document could not be loaded. Please reload the page.'));
}
