import { useState } from "react";
import { PATIENCE } from "../connection";
import { VERSION } from "../protocol";
import { compare } from "../state/design";
import { save } from "../state/drafts";
import { restartKernel } from "../state/implementing";
import { useSession, useView } from "../state/session";
import { ToolButton } from "./ToolButton";

/** What concerns the whole board and does not go away by itself. */
export function Banners() {
  const session = useSession();
  const kernelVersion = useView((state) => state.kernelVersion);
  const silent = useView((state) => state.silent);
  const head = useView((state) => state.sheet?.head);
  const status = head?.status;
  const merging = status?.merging ?? [];
  const [first] = merging;
  return (
    <>
      {kernelVersion && kernelVersion !== VERSION ? (
        <div className="ddd-banner" data-tone="bad" role="alert">
          <p>
            <strong>
              This canvas is of DDD Lab {VERSION}, the kernel runs {kernelVersion}.
            </strong>{" "}
            Nothing can be changed until the kernel is restarted and the cell is run again.
          </p>
          <ToolButton label="Restart kernel" onPress={() => restartKernel(session)} primary text />
        </div>
      ) : null}
      {silent ? (
        <div className="ddd-banner" data-tone="warn" role="alert">
          <p>
            <strong>The kernel has not answered for {PATIENCE / 1000} seconds.</strong> It is busy
            with a cell, or it is gone. What you see is the last known state. If the kernel was
            restarted, run the cell again.
          </p>
          <ToolButton label="Try again" onPress={() => void session.hello()} text />
        </div>
      ) : null}
      {status?.conflicts.map((path) => (
        <div className="ddd-banner" data-tone="bad" key={path} role="alert">
          <p>
            <strong>{path}</strong> changed on disk and here, in the same place. Choose what stays
            there; all other changes of both sides are kept.
          </p>
          <ToolButton
            label="Compare…"
            onPress={() => session.dialog({ kind: "conflict", path })}
            primary
            text
          />
        </div>
      ))}
      {first ? (
        <div className="ddd-banner" data-tone="bad" role="alert">
          <p>
            <strong title={merging.join("\n")}>
              {merging.length > 1 ? `${merging.length} files` : first}
            </strong>{" "}
            {merging.length > 1 ? "have" : "has"} conflicts of a merge. What is current is shown,
            and is not edited until you choose.
          </p>
          <ToolButton
            label="Choose…"
            onPress={() => session.dialog({ kind: "merge", path: first })}
            primary
            text
          />
        </div>
      ) : null}
      {status?.state === "failed" ? (
        <div className="ddd-banner" data-tone="bad" role="alert">
          <p>
            <strong>Not saved.</strong> {status.message}
          </p>
          <ToolButton label="Save again" onPress={() => void save(session)} text />
        </div>
      ) : null}
      {head?.compared ? (
        <div className="ddd-banner" role="status">
          <p>
            Compared with {head.compared.name}: {head.compared.words}.
          </p>
          <ToolButton label="Stop" onPress={() => compare(session, "")} text />
        </div>
      ) : null}
      <Apart />
      {status?.state === "readonly" ? (
        <div className="ddd-banner" data-tone="warn" role="note">
          <p>
            <strong>Read only.</strong> {status.message}
          </p>
        </div>
      ) : null}
    </>
  );
}

/** Offers to tidy where cards would cover each other at the places that their files give them. */
function Apart() {
  const session = useSession();
  const head = useView((state) => state.sheet?.head);
  const [dismissed, setDismissed] = useState("");
  if (!head?.apart || head.status.state === "readonly" || dismissed === head.at) {
    return null;
  }
  return (
    <div className="ddd-banner" role="note">
      <p>Some cards would cover each other where they were put, and are shown apart.</p>
      <div className="ddd-action-row">
        <ToolButton
          label="Tidy"
          onPress={() => void session.gesture("tidy", {})}
          text
          title="Lay out the whole board anew"
        />
        <ToolButton
          icon="close"
          label="Dismiss"
          onPress={() => setDismissed(head.at)}
          title="Leave the cards where they are"
        />
      </div>
    </div>
  );
}
