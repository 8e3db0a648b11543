export { FILLS, type Fill, HallOccupancy, SmallBars, StackedBar } from './bars';
export { Curve } from './curve';
export { Plot } from './figure';
