import { useId as useLocalId } from "react";
import { useSession } from "./state/session";

/** An id for an element of this view; other views on the page, which count alike, have others. */
export function useId(): string {
  return `${useSession().prefix}${useLocalId()}`;
}

/** The name of a landmark; no two of one page may have the same. */
export function useLandmark(name: string): string {
  const { number } = useSession();
  return number === 1 ? name : `${name}, canvas ${number}`;
}
