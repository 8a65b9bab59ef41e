import { badge, board, card, link } from "../dev/factories";
import type { Board, Card, Link } from "../src/protocol";

export { badge, board, card, link };

/** A flow sheet with these cards and links. */
export function sheetBoard(cards: Card[], links: Link[] = [], part: Partial<Board> = {}): Board {
  return board({ at: "lending/borrow-book", title: "Borrow a book", cards, links, ...part });
}
