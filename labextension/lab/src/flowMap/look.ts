/** How the map looks, for Cytoscape: everything that a link or flow is shows in more than its hue. */

import type { StylesheetJson } from "cytoscape";
import type { Theme } from "../page/theme";
import type { GraphSign, Head, Stroke, Tone } from "../protocol";

/** Zoom below which cards are spots of colour, and texts are those of domains. */
export const FAR = 0.22;
/** Pixels on the screen that texts, lines and heads of lines have at least. */
const SMALLEST_TEXT = 11;
const THINNEST_LINE = 1.3;
const SMALLEST_HEAD = 9;
/** What a head takes of the size that Cytoscape reckons with. */
const HEAD_SHARE = 0.3;
/** Pixels of a text on a card at zoom 1, and what a character takes of its height. */
const CARD_TEXT = 19;
const CHARACTER = 0.58;
const LINE = 1.1;

interface Colours {
  readonly ground: string;
  readonly card: string;
  readonly text: string;
  readonly line: string;
  readonly frame: string;
  readonly tones: Readonly<Record<Tone | "none", string>>;
  readonly hues: readonly string[];
}

const COLOURS: Readonly<Record<Theme, Colours>> = {
  light: {
    ground: "#ffffff",
    card: "#fbfcfd",
    text: "#16191d",
    line: "#59616c",
    frame: "#7a828d",
    tones: { good: "#14703f", warn: "#8a5a00", bad: "#a3121f", none: "#7a828d" },
    hues: [
      ...["#1f5fa8", "#0b6b4b", "#7a3bb0", "#8a5a00", "#a5316e", "#0b6a78"],
      ...["#4b5bb5", "#5c6b00", "#a0401c", "#4b5563"],
    ],
  },
  dark: {
    ground: "#14171b",
    card: "#1d2127",
    text: "#f3f5f7",
    line: "#a4adb8",
    frame: "#87909c",
    tones: { good: "#7fd6a4", warn: "#e3b04b", bad: "#ff9a92", none: "#87909c" },
    hues: [
      ...["#7fb4e6", "#5cc9a0", "#c79af0", "#e3b04b", "#f08fbb", "#69c7d6"],
      ...["#9aa4ff", "#b9c65a", "#f0a07e", "#a9b4c2"],
    ],
  },
};

/** The colour of a domain: neighbours in the list of domains differ. */
export function hueOf(domain: number, theme: Theme): string {
  const { hues } = COLOURS[theme];
  return hues[domain % hues.length] as string;
}

/** The colour of a mark. */
export function toneOf(tone: Tone | "none", theme: Theme): string {
  return COLOURS[theme].tones[tone];
}

const STROKES: Readonly<Record<Stroke, readonly number[] | null>> = {
  solid: null,
  double: null,
  dashed: [6, 4],
  dotted: [1.5, 4],
  "dash-dot": [9, 4, 2, 4],
};
const HEADS: Readonly<Record<Head, readonly [shape: string, fill: "filled" | "hollow"]>> = {
  filled: ["triangle", "filled"],
  open: ["vee", "filled"],
  hollow: ["triangle", "hollow"],
  diamond: ["diamond", "hollow"],
  bar: ["triangle-tee", "filled"],
};

/** The size of the text on cards at a zoom. */
function cardText(zoom: number): number {
  return Math.max(CARD_TEXT, SMALLEST_TEXT / zoom);
}

/** As much of a text as a card has room for at a zoom, broken into lines. */
export function onCard(text: string, width: number, height: number, zoom: number): string {
  const size = cardText(zoom);
  const across = Math.max(3, Math.floor((width - 14) / (size * CHARACTER)));
  const down = Math.max(1, Math.floor((height - 2) / (size * LINE)));
  const cut = (line: string) => (line.length > across ? `${line.slice(0, across - 1)}…` : line);
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && (last.length + word.length < across || lines.length === down)) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines.map(cut).join("\n");
}

/** The size of the titles of domains at a zoom. */
function titleText(zoom: number): number {
  return Math.max(20, (SMALLEST_TEXT + 2) / zoom);
}

/** The title of a domain as far as it has room at a zoom; none where that is too little. */
export function titled(name: string, width: number, zoom: number): string {
  const room = Math.floor(width / (titleText(zoom) * (CHARACTER + 0.04)));
  return name.length <= room ? name : room < 9 ? "" : `${name.slice(0, room - 1)}…`;
}

/** How much larger than by itself the head of a line must be; Cytoscape goes by the line. */
function headScale(width: number, zoom: number): number {
  const size = Math.max(8, SMALLEST_HEAD / zoom) / HEAD_SHARE;
  return size / Math.max((width * 13.37) ** 0.9, 29);
}

/** The style sheet at a zoom: lines and texts keep a size at which they can be seen. */
export function styleSheet(
  theme: Theme,
  zoom: number,
  far: boolean,
  signs: readonly GraphSign[],
): StylesheetJson {
  const { ground, card, text, line, frame } = COLOURS[theme];
  const thin = Math.max(1.4, THINNEST_LINE / zoom);
  const kinds = signs.flatMap(({ kind, stroke, head }) => {
    const dashes = STROKES[stroke];
    const [shape, fill] = HEADS[head];
    const width = stroke === "double" ? 2.4 * thin : thin;
    const style = {
      "line-style": dashes ? "dashed" : "solid",
      ...(dashes && { "line-dash-pattern": dashes.map((part) => part * thin) }),
      "target-arrow-shape": shape,
      "target-arrow-fill": fill,
      "arrow-scale": headScale(width, zoom),
      width,
    };
    return [{ selector: `edge.${kind}`, style }];
  });
  const sheet = [
    {
      selector: "node",
      style: {
        shape: "round-rectangle",
        width: "data(width)",
        height: "data(height)",
        "background-color": far ? "data(colour)" : card,
        "border-color": "data(colour)",
        "border-width": far ? 0 : 3,
        label: far ? "" : "data(label)",
        color: text,
        "font-family": "system-ui, sans-serif",
        "font-size": cardText(zoom),
        "text-valign": "center",
        "text-wrap": "wrap",
        "line-height": LINE,
        "z-index": 3,
        "z-index-compare": "manual",
        "overlay-opacity": 0,
      },
    },
    { selector: "node.agent, node.orchestration", style: { shape: "cut-rectangle" } },
    {
      selector: "node.missing, node.schema",
      style: { "border-style": "dashed", "border-width": far ? 0 : 2 },
    },
    {
      selector: "node.schema",
      style: {
        shape: "barrel",
        "background-color": card,
        "border-color": frame,
        "border-width": Math.max(2, 1 / zoom),
      },
    },
    {
      selector: "node.domain",
      style: {
        "background-color": ground,
        "background-opacity": 0.5,
        "border-color": frame,
        "border-width": Math.max(1.5, 1 / zoom),
        label: "",
        "z-index": 1,
      },
    },
    {
      // A node of its own: the frame lies below the links, and its title above them.
      selector: "node.title",
      style: {
        "background-opacity": 0,
        "border-width": 0,
        label: "data(label)",
        "font-size": titleText(zoom),
        "font-weight": "bold",
        "text-valign": far ? "center" : "bottom",
        "text-margin-y": far ? "data(middle)" : 4,
        "text-background-color": ground,
        "text-background-opacity": 0.86,
        "text-background-padding": 2 / zoom,
        "text-background-shape": "round-rectangle",
        "z-index": 4,
        events: "no",
      },
    },
    {
      selector: "edge",
      style: {
        "curve-style": "bezier",
        "control-point-step-size": 40,
        "line-color": line,
        "target-arrow-color": line,
        "z-index": 2,
        "z-index-compare": "manual",
        "overlay-opacity": 0,
        "font-size": Math.max(13, SMALLEST_TEXT / zoom),
        color: text,
        "text-background-color": ground,
        "text-background-opacity": 0.9,
        "text-background-padding": 2 / zoom,
      },
    },
    ...kinds,
    {
      selector: "edge.routed",
      style: {
        "curve-style": "segments",
        "edge-distances": "node-position",
        "segment-weights": "data(weights)",
        "segment-distances": "data(distances)",
        "source-endpoint": "data(from)",
        "target-endpoint": "data(to)",
      },
    },
    { selector: "edge.bundle", style: { label: "data(label)", opacity: far ? 0.6 : 1 } },
    { selector: "node.dim", style: { opacity: 0.16, "text-opacity": 0 } },
    { selector: "node.domain.dim", style: { opacity: 0.4 } },
    {
      selector: "node.lit",
      style: { "border-width": Math.max(6, 2.5 / zoom), "border-color": text, opacity: 1 },
    },
    {
      selector: "edge.lit",
      style: { "line-color": text, "target-arrow-color": text, opacity: 1, "z-index": 4 },
    },
  ];
  return sheet as StylesheetJson;
}
