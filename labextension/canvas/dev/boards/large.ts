import type { Board, Card, Link } from "../../src/protocol";
import { board, card, link, ports } from "../factories";

/** A flow as large as any that people should make, for measuring. */
export function large(nodes: number): Board {
  const columns = Math.ceil(Math.sqrt(nodes * 2));
  const cards: Card[] = [];
  const links: Link[] = [];
  for (let i = 0; i < nodes; i++) {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const outputs = ports("success", "failure");
    cards.push(
      card({
        id: `n${i}`,
        title: `Step ${i}`,
        summary: `does thing ${i}`,
        x: column * 320,
        y: row * 140,
        outputs,
        category: ["flow", "logic", "data", "agent"][i % 4] ?? "flow",
      }),
    );
    if (column < columns - 1 && i + 1 < nodes) {
      links.push(link({ source: `n${i}`, output: "success", target: `n${i + 1}` }));
    }
    if (i + columns + 1 < nodes && i % 5 === 0) {
      links.push(link({ source: `n${i}`, output: "failure", target: `n${i + columns + 1}` }));
    }
  }
  return board({ at: "lending/large", title: "Large", cards, links });
}
