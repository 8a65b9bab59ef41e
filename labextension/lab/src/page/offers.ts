/** A place of a design that a canvas shows. */
export interface OfferedPlace {
  readonly root: string;
  readonly at: string;
}

/** Something that the page can do with a place, as an entry of the canvas's menu. */
export interface Offer {
  readonly label: string;
  act(place: OfferedPlace): void;
}

/** The offer of a canvas in a cell to show its design in a tab, on the same kernel. */
export const OPEN_IN_TAB = "Open in a tab";
/** What a canvas raises when its menu is opened; its detail takes the offers. */
const OFFERS = "ddd-lab:offers";

/**
 * Adds entries to the menu of every canvas.
 *
 * @param offersFor what there is to do on a canvas; asked whenever its menu is opened.
 */
export function addOffers(offersFor: (canvas: Node) => readonly Offer[]): void {
  document.addEventListener(OFFERS, (event) => {
    const { detail } = event as CustomEvent<unknown>;
    const [canvas] = event.composedPath() as Node[];
    if (Array.isArray(detail) && canvas !== undefined) {
      detail.push(...offersFor(canvas));
    }
  });
}

/** What the page offers an element that stands for a canvas. */
export function offersFor(el: HTMLElement): readonly Offer[] {
  const detail: Offer[] = [];
  el.dispatchEvent(new CustomEvent(OFFERS, { bubbles: true, composed: true, detail }));
  return detail;
}
