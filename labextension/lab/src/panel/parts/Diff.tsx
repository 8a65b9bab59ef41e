import { Scrolled } from "./Scrolled";

/** How a line that begins like this is drawn. */
const KINDS: Record<string, string> = { "+": "added", "-": "removed", "@": "place" };

interface Props {
  readonly text: string;
  /** What to say where there is none. */
  readonly empty: string;
}

/** A unified diff; what is added and removed is told apart by its sign, too. */
export function Diff({ text, empty }: Props) {
  if (text === "") {
    return <p className="ddd-lab-hint">{empty}</p>;
  }
  const lines = text.replace(/\n$/, "").split("\n");
  return (
    <Scrolled name="Diff of the spec">
      {lines.map((line, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and never move
        <span data-kind={KINDS[line.charAt(0)]} key={number}>
          {line}
          {"\n"}
        </span>
      ))}
    </Scrolled>
  );
}
