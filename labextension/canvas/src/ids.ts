import { useId as useLocalId } from "react";
import { useSession } from "./state/session";

/** An id for an element of this view; other views on the page, which count alike, have others. */
export function useId(): string {
  return `${useSession().prefix}${useLocalId()}`;
}
