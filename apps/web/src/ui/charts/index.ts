export { FILLS, type Fill, HallOccupancy, type PlacedSeat, type Share, SmallBars, StackedBar } from './bars';
export { Curve, type CurveEvent, type CurvePoint } from './curve';
export { Plot, saveText } from './figure';
