export { runs } from './fonts.js';
export { Page, type TextStyle } from './pdf.js';
