import { ActionButton, Failure, useAction } from "../panel/parts/action";
import type { NoticeId } from "../protocol";
import type { GitModel } from "./model";

/** What can be done here about a state of the repository. */
const REMEDIES: Partial<Record<NoticeId, { label: string; path: "git/init" | "git/abort" }>> = {
  no_repository: { label: "Start a repository", path: "git/init" },
  merge: { label: "Abort the merge", path: "git/abort" },
  rebase: { label: "Abort the rebase", path: "git/abort" },
  cherry_pick: { label: "Abort the cherry-pick", path: "git/abort" },
  revert: { label: "Abort the revert", path: "git/abort" },
};
/** What may be otherwise in a moment, without a word from Git. */
const MAY_END: ReadonlySet<NoticeId> = new Set([
  "broken",
  "no_git",
  "other_owner",
  "read_only",
  "refused",
]);
/** What the panel says elsewhere. */
const SAID_ELSEWHERE: ReadonlySet<NoticeId> = new Set(["conflicts", "no_upstream", "unsaved"]);

/** The states of the repository that one should know of, each with what to do. */
export function Notices({ model }: { readonly model: GitModel }) {
  const action = useAction();
  const notices = model.state?.notices.filter(({ id }) => !SAID_ELSEWHERE.has(id)) ?? [];
  return (
    <>
      {notices.map(({ id, text }) => {
        const remedy = REMEDIES[id];
        return (
          <div className="ddd-lab-notice" data-notice={id} key={id} role="note">
            <p>{text}.</p>
            {remedy !== undefined && (
              <ActionButton
                action={action}
                cannot={cannotOf(remedy.path, model)}
                work={async () =>
                  remedy.path === "git/abort"
                    ? await model.abort(remedy.label)
                    : void (await model.act(remedy.path, {}))
                }
              >
                {remedy.label}
              </ActionButton>
            )}
            {MAY_END.has(id) && (
              <ActionButton action={action} work={() => model.refresh()}>
                Look again
              </ActionButton>
            )}
          </div>
        );
      })}
      <Failure action={action} />
    </>
  );
}

/** Why a remedy does not help here. */
function cannotOf(path: "git/init" | "git/abort", model: GitModel): string {
  const unwritable = model.state?.notices.find(({ id }) => id === "read_only")?.text ?? "";
  return path === "git/init" ? unwritable : model.cannotWrite;
}
