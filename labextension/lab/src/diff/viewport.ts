/** What of a picture is seen: its corner in pixels of the window, and its scale. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Width and height, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** An area of a picture, from its corner on. */
export interface Area extends Size {
  readonly x: number;
  readonly y: number;
}

/** Scale from which on every text has 11 pixels. */
export const LEGIBLE = 1.05;
const LEAST = 0.05;
const MOST = 4;
const MARGIN = 24;

/** All of a picture, no larger than it needs to be. */
export function fitted(picture: Size, window: Size): Viewport {
  const scale = Math.min(
    (window.width - MARGIN) / picture.width,
    (window.height - MARGIN) / picture.height,
    1.3,
  );
  const { width, height } = picture;
  return centred({ x: 0, y: 0, width, height }, window, Math.max(LEAST, scale));
}

/** An area in the middle of the window. */
export function centred(area: Area, window: Size, scale: number): Viewport {
  return {
    x: window.width / 2 - (area.x + area.width / 2) * scale,
    y: window.height / 2 - (area.y + area.height / 2) * scale,
    scale,
  };
}

/** Where a picture opens: all of it, or else what is looked for, large enough to be read. */
export function opened(picture: Size, window: Size, sought: Area | null): Viewport {
  const whole = fitted(picture, window);
  if (whole.scale >= LEGIBLE || sought === null) {
    return whole.scale >= LEGIBLE ? whole : fromCorner(picture, window, LEGIBLE);
  }
  return held(centred(sought, window, LEGIBLE), picture, window);
}

/** Another scale, with a point of the window kept where it is. */
export function zoomed(view: Viewport, factor: number, x: number, y: number): Viewport {
  const scale = Math.min(MOST, Math.max(LEAST, view.scale * factor));
  const by = scale / view.scale;
  return { x: x - (x - view.x) * by, y: y - (y - view.y) * by, scale };
}

/** No emptier at any side than it has to be. */
function held(view: Viewport, picture: Size, window: Size): Viewport {
  const along = (at: number, content: number, room: number) =>
    content <= room ? (room - content) / 2 : Math.min(0, Math.max(room - content, at));
  return {
    x: along(view.x, picture.width * view.scale, window.width),
    y: along(view.y, picture.height * view.scale, window.height),
    scale: view.scale,
  };
}

function fromCorner(picture: Size, window: Size, scale: number): Viewport {
  return held({ x: 0, y: 0, scale }, picture, window);
}
