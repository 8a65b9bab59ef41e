// Stands in for d3-interpolate, which the camera only uses to go from one view (the middle and the
// width of what is seen) to another: a quarter of a second is too short for more than a straight way.
export const interpolate = (from, to) => (part) =>
  from.map((value, index) => value + (to[index] - value) * part);
export { interpolate as interpolateZoom };
