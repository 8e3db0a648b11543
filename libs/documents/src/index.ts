export { DisplayFace } from './display.js';
export { printable, runs } from './fonts.js';
export { Page } from './pdf.js';
export { drawArt, drawMark, ridgeEdge } from './poster-art.js';
