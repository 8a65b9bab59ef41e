/** Strokes of the toolbar's icons in a square of 16 by 16. */
const STROKES = {
  back: "M10 3 5 8l5 5",
  undo: "M6 3 3 6l3 3M3 6h6a4 4 0 0 1 0 8H7",
  redo: "M10 3l3 3-3 3M13 6H7a4 4 0 0 0 0 8h2",
  fit: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4",
  full: "M2 5V2h12v3M2 11v3h12v-3M5 6h6v4H5z",
  more: "M3 8h.01M8 8h.01M13 8h.01",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  map: "M2 3h12v10H2zM9 9h4v3H9z",
  left: "M2 3h12v10H2zM6 3v10",
  right: "M2 3h12v10H2zM10 3v10",
  list: "M5 4h9M5 8h9M5 12h9M2 4h.5M2 8h.5M2 12h.5",
  search: "M7 2a5 5 0 1 1 0 10A5 5 0 0 1 7 2zM11 11l3 3",
  close: "M4 4l8 8M12 4l-8 8",
  up: "M3 10l5-5 5 5",
  down: "M3 6l5 5 5-5",
  help: "M5.5 5.5a2.5 2.5 0 1 1 3.6 2.2C8.3 8.1 8 8.6 8 9.5M8 12.5h.01",
  "align-left": "M2.5 2v12M5 5h8M5 11h5",
  "align-center": "M8 2v12M3.5 5h9M5 11h6",
  "align-right": "M13.5 2v12M3 5h8M6 11h5",
  "align-top": "M2 2.5h12M5 5v8M11 5v5",
  "align-middle": "M2 8h12M5 3.5v9M11 5v6",
  "align-bottom": "M2 13.5h12M5 3v8M11 6v5",
  "spread-across": "M2.5 2v12M13.5 2v12M8 5v6",
  "spread-down": "M2 2.5h12M2 13.5h12M5 8h6",
  filter: "M2 3h12L9.5 8.5V13l-3 1V8.5z",
  play: "M5 3v10l8-5z",
  chat: "M2 3h12v8H7l-3 3v-3H2z",
  book: "M8 4c-2-1.5-4-1.5-6-1v9c2-.5 4-.5 6 1 2-1.5 4-1.5 6-1V3c-2-.5-4-.5-6 1zM8 4v9",
  pen: "M3 13l1-3 7-7 2 2-7 7z",
  archive: "M2 3h12v3H2zM3 6v7h10V6M6 9h4",
  download: "M8 2v8M4.5 7 8 10.5 11.5 7M3 13.5h10",
} as const;

export type IconName = keyof typeof STROKES;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg aria-hidden="true" className="ddd-glyph" viewBox="0 0 16 16">
      <path d={STROKES[name]} />
    </svg>
  );
}
