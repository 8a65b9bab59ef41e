import { useEffect, useRef, useState } from "react";
import { messageOf } from "../connection";
import { Diff } from "../dialogs/Diff";
import { useId, useLandmark } from "../ids";
import { Refusal } from "../panels/Refusal";
import { ToolButton } from "../panels/ToolButton";
import type { Inspection, NodeCheck, NodeLines } from "../protocol";
import { draftKey, keepDraft, renameDraft, settleDraft } from "../state/drafts";
import { useSession, useView } from "../state/session";
import type { Draft } from "../state/state";
import { useAsking } from "../state/useAsking";
import { useAttempt } from "../state/useAttempt";
import { type TextHandle, YamlText } from "./YamlText";

/** Milliseconds without typing after which the lines are checked. */
const PAUSE = 300;

/** Lines of a file, only to read. */
export function FileLines({ inspection }: { inspection: Inspection }) {
  const { path, line, yaml } = inspection;
  const name = useLandmark("Lines of the file");
  if (!yaml) {
    return <p className="ddd-quiet">This has no lines in a file.</p>;
  }
  return (
    <div className="ddd-yaml">
      <Where line={line} path={path} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section aria-label={name} tabIndex={0}>
        <pre>{yaml}</pre>
      </section>
    </div>
  );
}

function Where({ path, line }: { path: string; line: number }) {
  return (
    <p className="ddd-where">
      {path}
      {line > 0 ? `:${line}` : ""}
    </p>
  );
}

/** Whether the lines of a card were edited and not yet taken over. */
export function useDrafted(id: string): boolean {
  const key = useKey(id);
  return useView((state) => state.drafts.has(key));
}

function useKey(id: string): string {
  return draftKey(
    useView((state) => state.sheet?.head.at ?? ""),
    id,
  );
}

/** The text being edited; it outlives the panel until it is applied or discarded. */
function useDraft(id: string): [Draft | undefined, (draft: Draft | undefined) => void] {
  const session = useSession();
  const key = useKey(id);
  const draft = useView((state) => state.drafts.get(key));
  return [draft, (next) => keepDraft(session, key, next)];
}

/** The lines of a node as they are now, again whenever the board changes; a text that is known to be
 * theirs can be shown at once.
 */
function useLines(id: string): {
  lines: NodeLines | null;
  error: string;
  show: (text: string) => void;
} {
  const session = useSession();
  const rev = useView((state) => state.sheet?.head.rev);
  const [lines, setLines] = useState<NodeLines | null>(null);
  const [error, setError] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision may mean new lines
  useEffect(() => {
    let current = true;
    session
      .call("node_yaml", { id })
      .then((result) => {
        if (current) {
          setLines(result);
          setError("");
        }
      })
      .catch((reason: unknown) => current && setError(messageOf(reason)));
    return () => {
      current = false;
    };
  }, [session, id, rev]);
  return { lines, error, show: (text) => setLines((now) => now && { ...now, text }) };
}

/** What taking over a text would change, or why it cannot be; asked when typing pauses. */
function useVerdict(id: string, text: string | undefined, now: string): NodeCheck | null {
  const question = text === undefined ? null : { id, text };
  const { result, error } = useAsking("check_node_yaml", question, PAUSE, now);
  return error ? { diff: "", problem: error, line: 0, column: 0 } : result;
}

/** A node as the lines of YAML that it has in its file. */
export function YamlEditor({ id }: { id: string }) {
  const { lines, error, show } = useLines(id);
  if (error) {
    return <Refusal error={error} />;
  }
  return lines ? (
    <Editor id={id} lines={lines} show={show} />
  ) : (
    <p className="ddd-quiet ddd-late">Reading…</p>
  );
}

function Editor({
  id,
  lines,
  show,
}: {
  id: string;
  lines: NodeLines;
  show: (text: string) => void;
}) {
  const session = useSession();
  const [draft, setDraft] = useDraft(id);
  const { busy, error: refusal, run, forget } = useAttempt();
  const area = useRef<TextHandle>(null);
  const keys = useId();
  const verdict = useVerdict(id, draft?.text, lines.text);
  const text = draft?.text ?? lines.text;
  const underneath = draft !== undefined && draft.base !== lines.text;
  const type = (next: string) => {
    forget();
    // While lines are being applied, those from before are an edit, too.
    const same = next === lines.text && !busy;
    setDraft(same ? undefined : { base: draft?.base ?? lines.text, text: next });
  };
  const discard = () => {
    forget();
    setDraft(undefined);
    area.current?.focus();
  };
  const apply = async () => {
    if (!draft || busy) {
      return;
    }
    const at = session.sheet()?.head.at ?? "";
    await run(async () => {
      await session.selection.rename(id, async () => {
        const node = await session.call("set_node_yaml", { id, text: draft.text });
        renameDraft(session, at, id, node.id);
        settleDraft(session, draftKey(at, node.id), draft.text, node.text);
        show(node.text);
        return node.id;
      });
      session.announce("The lines are applied.");
    });
  };
  const problem = refusal || (verdict?.problem ?? "");
  return (
    <div className="ddd-yaml">
      <Where line={lines.line} path={lines.path} />
      <YamlText
        describedBy={keys}
        invalid={problem !== ""}
        label={`YAML of ${id}`}
        onApply={() => void apply()}
        onChange={type}
        ref={area}
        text={text}
        wrong={problem ? (verdict?.line ?? 0) : 0}
      />
      <p className="ddd-quiet ddd-yaml-keys" id={keys}>
        Tab indents, Esc leaves the text, Ctrl or ⌘ with Enter applies it.
      </p>
      {underneath ? (
        <div className="ddd-readonly" role="status">
          <p>
            The spec changed while you edited these lines. If you apply them, they replace the new
            spec.
          </p>
          <ToolButton label="Load the new spec" onPress={discard} text />
        </div>
      ) : null}
      {draft ? (
        <>
          <div className="ddd-action-row">
            <ToolButton
              busy={busy}
              disabled={problem !== ""}
              label="Apply"
              onPress={() => void apply()}
              primary
              text
            />
            <ToolButton label="Discard" onPress={discard} text />
          </div>
          {problem ? (
            <p className="ddd-error" role="status">
              {problem}{" "}
              {verdict && verdict.line > 0 ? (
                <ToolButton
                  label={`Go to line ${verdict.line}`}
                  onPress={() => area.current?.selectLine(verdict.line)}
                  text
                />
              ) : null}
            </p>
          ) : verdict ? (
            <Diff diff={verdict.diff} error="" />
          ) : (
            <p className="ddd-quiet">Comparing…</p>
          )}
        </>
      ) : null}
    </div>
  );
}
