import { eventually } from '#libs/testing';
import { DrawBatches } from '../src/prints/draw-batches.job.js';
import { type AccreditationsStage, EDITION, officer, person } from './accreditations-stage.js';

/** What the people at the badge printer do, over the public doors. `stage` is asked at each call: it opens later. */
export const printDesk = (stage: () => AccreditationsStage) => ({
  approved: async (outlet: string) => {
    const who = person();
    const made = await stage().submitted(outlet, who);
    await stage().call(officer, 'POST', `/review/applications/${made.id}/start`, {});
    const { body } = await stage().call(officer, 'POST', `/review/applications/${made.id}/approve`, {});
    return { ...made, badge: body.badge as { id: string; shortCode: string } };
  },
  order: (body: object, extra = {}) =>
    stage().call(officer, 'POST', '/print-batches', { editionId: EDITION, format: 'a6', ...body }, extra),
  ready: async (id: string) => {
    let body: { state?: string; [field: string]: unknown } = {};
    await eventually(async () => {
      ({ body } = await stage().call(officer, 'GET', `/print-batches/${id}`));
      expect(body.state).toBe('ready');
    }, 50_000);
    return body;
  },
  printsOf: async (badge: string) =>
    (await stage().call(officer, 'GET', `/badge-prints?edition=${EDITION}&badge=${badge}`)).body.prints,
  step: (print: string, to: string) => stage().call(officer, 'POST', `/badge-prints/${print}/steps`, { to }),
  job: () => stage().service.app.get(DrawBatches, { strict: false }),
});
