import type { Card, Link } from "../protocol";
import type { Sheet } from "../state/sheet";
import type { Point } from "../state/types";
import {
  type Box,
  CHARACTER,
  type Direction,
  inputEnd,
  labelRoom,
  outputEnd,
  slotEnd,
} from "./geometry";
import { Obstacles } from "./obstacles";
import { route } from "./route";
import { type Slots, slots } from "./slots";

/** Where a label stands, by its middle, and how wide it may be. */
export interface LabelPlace extends Point {
  readonly room: number;
}

export interface Line {
  readonly points: readonly Point[];
  readonly label: LabelPlace;
}

/** How lines run on a board. While a card is dragged its lines are led one by one. */
export interface Plan {
  readonly obstacles: Obstacles;
  readonly slots: ReadonlyMap<string, Slots> | null;
  readonly lines: ReadonlyMap<string, Line>;
}

/** Beyond this many lines each is led for itself, when it comes into view. */
const TOGETHER = 1500;

/** A sheet and how its lines ran. */
export interface Planned {
  readonly sheet: Sheet;
  readonly plan: Plan;
}

/**
 * Leads all lines of a board, so that they keep apart and their labels can be read. On a flow sheet
 * that was planned before, lines that no changed card comes near run as they did.
 */
export function planOf(sheet: Sheet, before?: Planned | null): Plan {
  const onMap = sheet.head.level !== "flow";
  // Notes are paper under the drawing: lines run over them.
  const obstacles = new Obstacles([...sheet.cards.values()].filter((card) => card.kind !== "note"));
  const meetings = onMap ? slots(sheet) : null;
  const lines = new Map<string, Line>();
  if (sheet.links.size > TOGETHER) {
    return { obstacles, slots: meetings, lines };
  }
  const runs = new Runs(!onMap);
  const labels: Box[] = [];
  const kept = before && !onMap ? undisturbed(sheet, before) : () => undefined;
  for (const link of sheet.links.values()) {
    const source = sheet.cards.get(link.source);
    const target = sheet.cards.get(link.target);
    const line = kept(link);
    if (line) {
      runs.add(line.points, link);
      if (labelText(link, source)) {
        labels.push(labelBox(line.label));
      }
      lines.set(link.id, line);
    } else if (source && target) {
      const meeting = meetings?.get(link.id);
      const points = leadLine(
        sheet.head.direction,
        { obstacles, link, source, target, meeting },
        runs,
      );
      runs.add(points, link);
      const label = placeLabel(points, labelText(link, source), obstacles, labels);
      lines.set(link.id, { points, label });
    }
  }
  return { obstacles, slots: meetings, lines };
}

/** How far from a card that changed a line may have been led around it, or may be in future. */
const NEAR = 48;

/** Gives the line of a link as it ran before, unless something changed that it depends on. */
function undisturbed(sheet: Sheet, before: Planned): (link: Link) => Line | undefined {
  const changed = changedCards(before.sheet, sheet);
  const zones: Box[] = [];
  for (const id of changed) {
    for (const card of [before.sheet.cards.get(id), sheet.cards.get(id)]) {
      if (card) {
        const { x, y, width, height } = card;
        zones.push({
          x: x - NEAR,
          y: y - NEAR,
          width: width + 2 * NEAR,
          height: height + 2 * NEAR,
        });
      }
    }
  }
  const turned = before.sheet.head.direction !== sheet.head.direction;
  return (link) => {
    const line = before.plan.lines.get(link.id);
    const same = !turned && before.sheet.links.get(link.id) === link;
    const ends = changed.has(link.source) || changed.has(link.target);
    return line && same && !ends && !passes(line.points, zones) ? line : undefined;
  };
}

/** Ids of the cards that came, went, or changed in what decides how lines run. */
export function changedCards(before: Sheet, after: Sheet): Set<string> {
  const changed = new Set<string>();
  for (const [id, card] of after.cards) {
    const old = before.cards.get(id);
    if (old !== card && !(old && shapeOf(old) === shapeOf(card))) {
      changed.add(id);
    }
  }
  for (const id of before.cards.keys()) {
    if (!after.cards.has(id)) {
      changed.add(id);
    }
  }
  return changed;
}

function shapeOf({ x, y, width, height, outputs }: Card): string {
  return JSON.stringify([x, y, width, height, outputs]);
}

function passes(points: readonly Point[], zones: readonly Box[]): boolean {
  return points.slice(1).some((b, i) => {
    const a = points[i] as Point;
    const box = {
      x: Math.min(a.x, b.x),
      y: Math.min(a.y, b.y),
      width: Math.abs(a.x - b.x),
      height: Math.abs(a.y - b.y),
    };
    return zones.some((zone) => meet(box, zone));
  });
}

const LABEL_HEIGHT = 18;

/** Leads one line between two cards, wherever they stand just now. */
export function leadLine(
  direction: Direction,
  between: {
    obstacles: Obstacles;
    link: Link;
    source: Card & Box;
    target: Card & Box;
    meeting: Slots | undefined;
  },
  runs?: Runs,
): Point[] {
  const { obstacles, link, source, target, meeting } = between;
  const taken = runs && ((path: readonly Point[]) => runs.covered(path, link));
  const apart = taken ? { taken } : {};
  if (meeting) {
    return route(slotEnd(source, meeting.from), slotEnd(target, meeting.to), obstacles, apart);
  }
  const port = source.outputs.findIndex((output) => output.name === link.output);
  const printed = source.outputs[port]?.label ?? "";
  const start = outputEnd(source, port, source.outputs.length, direction);
  return route(start, inputEnd(target, start, direction), obstacles, {
    clearance: labelRoom(source, printed, direction),
    lane: Math.max(0, port),
    ...apart,
  });
}

/** What is printed on a line; nothing where its port says it already. */
export function labelText(link: Link, source: Card | undefined): string {
  if (link.events.length > 0) {
    return link.events.length === 1 ? (link.events[0] ?? "") : `${link.events.length} events`;
  }
  const printed = source?.outputs.find((output) => output.name === link.output)?.label;
  return link.label === printed ? "" : link.label;
}

/** Least width of a label, where there is hardly any room. */
const NARROW = 64;

/** Puts a label on its line where it covers neither a card nor another label. */
export function placeLabel(
  points: readonly Point[],
  text: string,
  obstacles: Obstacles,
  labels: Box[] = [],
): LabelPlace {
  const width = text.length * CHARACTER + 14;
  let best: LabelPlace = { x: points[0]?.x ?? 0, y: points[0]?.y ?? 0, room: NARROW };
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; text && i < points.length; i++) {
    const [a, b] = [points[i - 1] as Point, points[i] as Point];
    const level = Math.abs(a.x - b.x) > Math.abs(a.y - b.y);
    const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    const room = level ? Math.max(NARROW, length - 12) : width;
    for (const share of [0.5, 0.35, 0.65, 0.2, 0.8]) {
      const x = a.x + (b.x - a.x) * share;
      const y = a.y + (b.y - a.y) * share;
      const shown = Math.min(width, room);
      const box = { x: x - shown / 2, y: y - LABEL_HEIGHT / 2, width: shown, height: LABEL_HEIGHT };
      const cost =
        400 * labels.filter((other) => meet(box, other)).length +
        200 * obstacles.across({ x: box.x, y }, { x: box.x + shown, y }).length +
        (width - shown) +
        (length < LABEL_HEIGHT ? 60 : 0) +
        Math.abs(share - 0.5) * 20;
      if (cost < least) {
        least = cost;
        best = { x, y, room: shown };
      }
    }
  }
  if (text) {
    labels.push(labelBox(best));
  }
  return best;
}

function labelBox({ x, y, room }: LabelPlace): Box {
  return { x: x - room / 2, y: y - LABEL_HEIGHT / 2, width: room, height: LABEL_HEIGHT };
}

function meet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Pixels that two parallel lines keep apart. */
const APART = 8;
const COVERED = 400;

/** The straight pieces of lines that are led already. */
export class Runs {
  readonly #lanes = new Map<string, { low: number; high: number; from: string; to: string }[]>();
  readonly #merge: boolean;

  /** `merge` lets lines from the same port or to the same card share a part of their way. */
  constructor(merge: boolean) {
    this.#merge = merge;
  }

  add(points: readonly Point[], link: Link): void {
    for (const { lane, low, high } of pieces(points)) {
      const runs = this.#lanes.get(lane(0)) ?? [];
      runs.push({ low, high, from: `${link.source} ${link.output}`, to: link.target });
      this.#lanes.set(lane(0), runs);
    }
  }

  /** What it costs that a line would lie on others. */
  covered(points: readonly Point[], link: Link): number {
    const from = `${link.source} ${link.output}`;
    let cost = 0;
    for (const { lane, low, high } of pieces(points)) {
      for (const beside of [-1, 0, 1]) {
        for (const run of this.#lanes.get(lane(beside)) ?? []) {
          const shared = Math.min(high, run.high) - Math.max(low, run.low);
          const related = this.#merge && (run.from === from || run.to === link.target);
          if (shared > 4 && !related) {
            cost += COVERED + shared;
          }
        }
      }
    }
    return cost;
  }
}

function pieces(points: readonly Point[]) {
  return points.slice(1).map((b, i) => {
    const a = points[i] as Point;
    const level = Math.abs(a.y - b.y) < 0.5;
    const place = Math.round((level ? a.y : a.x) / APART);
    const [p, q] = level ? [a.x, b.x] : [a.y, b.y];
    return {
      lane: (beside: number) => `${level ? "y" : "x"}${place + beside}`,
      low: Math.min(p, q),
      high: Math.max(p, q),
    };
  });
}
