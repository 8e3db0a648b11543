export { DisplayFace } from './display.js';
export { printable, runs } from './fonts.js';
export { Page, type TextStyle } from './pdf.js';
export { type Box, drawArt, drawMark, ridgeEdge } from './poster-art.js';
