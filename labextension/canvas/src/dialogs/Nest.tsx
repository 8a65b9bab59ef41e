import { useState } from "react";
import { homesFor, nestedInWords } from "../state/containment";
import { useSession } from "../state/session";
import { Choice, cardOption, DialogForm } from "./parts";

/** Puts cards into a container without a mouse. */
export function Nest({ cards }: { cards: readonly string[] }) {
  const session = useSession();
  const sheet = session.sheet();
  const homes = sheet ? homesFor(sheet, cards) : [];
  const [into, setInto] = useState(homes[0]?.id ?? "");
  const [first] = cards;
  const what =
    cards.length === 1 ? `“${sheet?.cards.get(first ?? "")?.title}”` : `${cards.length} cards`;
  const nest = async () => {
    await session.call("nest", { cards, into });
    return nestedInWords(session.sheet(), into);
  };
  return (
    <DialogForm action="Put in" off={!into} onSubmit={nest} title={`Put ${what} into`}>
      <Choice
        label="Container"
        onChange={setInto}
        options={homes.map(cardOption)}
        size={Math.min(8, Math.max(2, homes.length))}
        value={into}
      />
    </DialogForm>
  );
}
