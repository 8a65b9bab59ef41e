// Generated from ddd_lab/maps/edge_looks.py by scripts/generate_protocol.py: run `make schema`.

export const CORNER_RADIUS = 6;
export const NECK = 6;
export const STROKE_LOOKS = {
  solid: { width: 1.4, dash: "", round_ends: false, core: 0 },
  double: { width: 4, dash: "", round_ends: false, core: 1.5 },
  dashed: { width: 1.4, dash: "6 4", round_ends: false, core: 0 },
  dotted: { width: 2.5, dash: "0.1 5", round_ends: true, core: 0 },
  "dash-dot": { width: 1.4, dash: "9 4 2 4", round_ends: false, core: 0 },
} as const;
export const HEAD_LOOKS = {
  filled: { path: "M0 0L-7 4.2L-7 -4.2Z", fill: "edge", width: 0 },
  open: { path: "M-7 4.2L0 0L-7 -4.2M-7 0L0 0", fill: "none", width: 1.6 },
  hollow: { path: "M0 0L-7 4.2L-7 -4.2Z", fill: "ground", width: 1.4 },
  diamond: { path: "M0 0L-7 3.8L-14 0L-7 -3.8Z", fill: "ground", width: 1.4 },
  bar: { path: "M-7 4.2L0 0L-7 -4.2ZM0 5.5L0 -5.5", fill: "edge", width: 1.6 },
} as const;
