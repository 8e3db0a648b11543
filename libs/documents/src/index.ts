export { runs } from './fonts.js';
export { Page } from './pdf.js';
