/** Pixels of a title on the screen, however small the picture is. */
const SIZE = 12;
/** A usual letter's width against its height. */
const LETTER = 0.68;
const FEWEST = 3;

/** The title of a card, with the room that it has. */
interface Title {
  readonly node: SVGTextElement;
  readonly text: string;
  readonly size: string;
  readonly room: number;
}

/** The titles of the cards of pictures, which stay legible when those are small. */
export class Titles {
  private readonly titles: readonly Title[];

  constructor(svgs: readonly SVGSVGElement[]) {
    const cards = svgs.flatMap((svg) => [
      ...svg.querySelectorAll<SVGGElement>("g[transform^=translate]"),
    ]);
    this.titles = cards.flatMap((card) => {
      const node = card.querySelector<SVGTextElement>(":scope > text[font-weight]");
      const outline = card.querySelector<SVGGraphicsElement>(":scope > :is(rect, polygon)");
      if (node === null || outline === null) {
        return [];
      }
      const room = outline.getBBox().width - Number(node.getAttribute("x")) - 4;
      return [
        { node, room, text: node.textContent ?? "", size: node.getAttribute("font-size") ?? "" },
      ];
    });
  }

  /** Print them as large as can be read at a scale, and cut; as they are where they can be read. */
  draw(scale: number, areLegible: boolean): void {
    const size = SIZE / scale;
    for (const { node, text, room, size: usual } of this.titles) {
      const letters = Math.floor(room / (size * LETTER));
      const shown = letters < FEWEST ? "" : cut(text, letters);
      node.textContent = areLegible ? text : shown;
      node.setAttribute("font-size", areLegible ? usual : String(size));
      node.setAttribute("dy", areLegible ? "0" : String((size - Number(usual)) * 0.8));
      node.classList.toggle("ddd-far", !areLegible);
    }
  }
}

function cut(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}
