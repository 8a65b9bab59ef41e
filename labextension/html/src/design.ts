// The design as the page asks about it.
import type { Card, Contents, Place, ProblemEntry } from "./contents";

export class Design {
  readonly places: ReadonlyMap<string, Place>;

  constructor(readonly contents: Contents) {
    this.places = new Map(contents.places.map((place) => [place.at, place]));
  }

  get domains(): Place[] {
    return this.contents.places.filter((place) => place.at !== "" && !place.at.includes("/"));
  }

  flowsOf(domain: string): Place[] {
    return this.contents.places.filter((place) => place.at.startsWith(`${domain}/`));
  }

  /** What people call a place; its address where it does not exist. */
  title(at: string): string {
    return this.places.get(at)?.title ?? at;
  }

  /** The places above one, the System Map first. */
  above(at: string): Place[] {
    const parts = at === "" ? [] : at.split("/");
    return parts.flatMap((_, index) => this.places.get(parts.slice(0, index).join("/")) ?? []);
  }

  /** The problems of a place and of all below it. */
  problemsAt(at: string): ProblemEntry[] {
    return this.contents.problems.filter(
      (problem) => at === "" || problem.at === at || problem.at.startsWith(`${at}/`),
    );
  }

  /** The problems of a card, or of all that a card of a map stands for. */
  problemsOf(place: Place, card: Card): ProblemEntry[] {
    if (place.at.includes("/")) {
      return this.contents.problems.filter(
        (problem) => problem.at === place.at && problem.card === card.id,
      );
    }
    const inside = card.opens !== "" && (place.at === "" || card.opens.startsWith(`${place.at}/`));
    return inside && card.kind !== "Human gate" ? this.problemsAt(card.opens) : [];
  }

  /** Lines of a file, without the indentation that they have in common. */
  lines(path: string, first: number, last: number): string {
    const lines = (this.contents.files[path] ?? "").split("\n").slice(first - 1, last);
    const indents = lines.filter((line) => line.trim()).map((line) => line.search(/\S/));
    const common = indents.length ? Math.min(...indents) : 0;
    return lines.map((line) => line.slice(common)).join("\n");
  }

  /** The card of a flow that a line of its file belongs to. */
  cardAt(path: string, line: number): { at: string; card: string } | null {
    const place = this.contents.places.find((one) => one.path === path);
    if (!place) {
      return null;
    }
    const card = place.cards.find((one) => one.first <= line && line <= one.last);
    return { at: place.at, card: card?.id ?? "" };
  }
}
