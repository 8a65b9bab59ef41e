import type { Link } from "../protocol";
import type { Box } from "./geometry";

/** Pixels between words and the left side of their frame, and between words and lines. */
const SIDE = 12;
const APART = 8;

/** Beyond this many lines words stand where they stand. */
const MANY = 400;

/** Where in a band words of some width stand free of lines, from the left, and how far they may go. */
export function freeSpan(
  links: ReadonlyMap<string, Link>,
  band: Box,
  wide: number,
): { left: number; room: number } {
  const right = band.x + band.width - SIDE;
  const blocks = crossings(links, band);
  let left = band.x + SIDE;
  for (const [low, high] of blocks) {
    if (low < left + wide && high > left) {
      left = high;
    }
  }
  if (left + wide > right) {
    left = band.x + SIDE;
  }
  const next = blocks.find(([low]) => low >= left + wide)?.[0] ?? right;
  return { left, room: Math.max(60, Math.min(right, Math.max(next, left + wide)) - left) };
}

/** What of a band lines take that cross it, from the left. */
function crossings(links: ReadonlyMap<string, Link>, band: Box): [number, number][] {
  const spans: [number, number][] = [];
  if (links.size > MANY) {
    return spans;
  }
  for (const { points } of links.values()) {
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1], points[i]];
      if (
        a &&
        b &&
        Math.min(a[1], b[1]) < band.y + band.height &&
        Math.max(a[1], b[1]) > band.y &&
        Math.min(a[0], b[0]) < band.x + band.width &&
        Math.max(a[0], b[0]) > band.x
      ) {
        spans.push([Math.min(a[0], b[0]) - APART, Math.max(a[0], b[0]) + APART]);
      }
    }
  }
  return spans.sort((one, other) => one[0] - other[0]);
}
