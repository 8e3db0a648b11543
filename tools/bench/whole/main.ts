import { mkdirSync, writeFileSync } from 'node:fs';
import { ownHouse } from './own-house.js';
import { onsetOfSale, type WholeFigures, wholePurchase } from './purchases.js';

/** The figures of the whole house (P3, P11); `npm run bench` starts it as a process of its own. */
const FIGURES = { P3: wholePurchase, P11: onsetOfSale };
const FOLDER = '.local/bench';

const asked = process.argv.slice(2);
const house = await ownHouse();
const results: WholeFigures[] = [];
try {
  for (const [id, measure] of Object.entries(FIGURES)) {
    if (asked.length > 0 && !asked.includes(id)) continue;
    const result = await measure(house);
    results.push(result);
    process.stdout.write(`\n${result.id} ${result.title}\n`);
    for (const [name, value] of Object.entries(result.figures))
      process.stdout.write(`  ${name.padEnd(36)} ${value >= 100 ? value.toFixed(0) : value.toFixed(2)}\n`);
    process.stdout.write(`  target ${result.target}: ${result.met ? 'met' : 'missed'}\n`);
  }
} finally {
  await house.stop();
}
mkdirSync(FOLDER, { recursive: true });
writeFileSync(`${FOLDER}/whole.json`, `${JSON.stringify(results, null, 2)}\n`);
process.exit();
