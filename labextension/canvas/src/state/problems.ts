import type { ProblemView } from "../protocol";
import type { Session } from "./session";

/** Leads to where a problem can be mended. */
export function showProblem(session: Session, { at, card, field }: ProblemView): void {
  session.go(at, card, field);
}

/** Leads to the worst problem of a card: to its field, or to the list where it is on other boards. */
export async function showProblemOf(session: Session, card: string): Promise<void> {
  const sheet = session.sheet();
  if (sheet?.head.level !== "flow") {
    session.panel({ problems: true });
    return;
  }
  await session.gesture("problems", {}).then((found) => {
    const worst = found?.problems.find(({ at, card: of }) => at === sheet.head.at && of === card);
    if (worst) {
      showProblem(session, worst);
    }
  });
}
