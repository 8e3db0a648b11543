import type { RunFacts } from './run-file.js';

/** The one block that a person reads when everything answers. */
export function greeting(facts: RunFacts): string {
  const width = Math.max(0, ...Object.keys(facts.logins).map((role) => role.length));
  const logins = Object.entries(facts.logins).map(
    ([role, login]) => `    ${role.padEnd(width)}  ${login.email}  ${login.password}`,
  );
  return `
  Seans is running.

    Festival         ${facts.web}
    API, to read     ${facts.api}/docs
    Mails            ${facts.mail}
    Payment sandbox  ${facts.payments}

  Logins (staff, at ${facts.web}/sign-in)
${logins.join('\n')}

  Try first
    1. ${facts.web}: choose a film, then seats, and pay on the sandbox's page.
    2. ${facts.mail}: open the mail with the tickets; keep the code under the QR.
    3. ${facts.web}/accreditation: apply for a badge; decide it at ${facts.web}/office/accreditation as accreditation-officer.
    4. ${facts.web}/office/door/devices: as house manager, pair ${facts.web}/scanner; type the code there, and again.
    Or let it all be walked for you, in another terminal: npm run demo

  The festival stands at 12 September 2019, 10:00 in Almaty, and its clock runs; an admin can step it.
  Films and dates are documented; screening times, prices and hall plans are invented. Payments are a sandbox.
  Facts for scripts: .local/run.json · logs: .local/logs

  Stop with Ctrl-C. The next npm start keeps the data; npm start -- --fresh begins anew.
`;
}
