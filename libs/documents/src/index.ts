export { type Cell, type Column, type ColumnKind, harmless } from './cells.js';
export { DisplayFace } from './display.js';
export { fitTitle } from './fit.js';
export { printable, runs } from './fonts.js';
export { Page } from './pdf.js';
export { badgeFelt, drawArt, drawHorn, drawMark, ridgeAbove, ridgeEdge } from './poster-art.js';
export { MM, PrintSheet } from './print-sheet.js';
export { drawTable } from './table.js';
export { xlsxStream } from './xlsx.js';
