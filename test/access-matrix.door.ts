/** Routes of the door that came later; see access-matrix.ts. */
export const DOOR_ROUTES: Record<string, Record<string, string>> = {
  gateway: {
    'POST /internal/people/search': 'service',
  },
  tickets: {
    'POST /door/holders': 'device',
    'GET /rush-lines': 'house-manager box-office',
    'GET /rush-lines/:id': 'house-manager box-office',
    'POST /rush-lines/:id/numbers': 'house-manager box-office',
    'POST /rush-lines/:id/admit': 'house-manager box-office',
    'POST /rush-lines/:id/numbers/:number/skip': 'house-manager box-office',
  },
};
