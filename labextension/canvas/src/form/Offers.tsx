import { useMemo } from "react";
import { useId } from "../ids";

/** Lists of names that fields offer while people type. */
export function useOffers(suggestions: Readonly<Record<string, readonly string[]>>) {
  const id = useId();
  const offers = useMemo(
    () => (what: string) => ((suggestions[what]?.length ?? 0) > 0 ? `${id}${what}` : undefined),
    [suggestions, id],
  );
  const lists = Object.entries(suggestions).map(([what, names]) => (
    <datalist id={`${id}${what}`} key={what}>
      {names.map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  ));
  return { offers, lists };
}
