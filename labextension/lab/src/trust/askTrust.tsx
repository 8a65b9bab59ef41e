import { Dialog } from "@jupyterlab/apputils";
import type { TrustQuestion } from "../protocol";

/** Asks the person in a dialog whether they trust a project; Escape and the first button do not. */
export async function askTrust(asked: TrustQuestion): Promise<boolean> {
  const dialog = new Dialog<unknown>({
    title: asked.title,
    body: <Asked asked={asked} />,
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: asked.action })],
    defaultButton: 0,
  });
  dialog.node.ariaLabel = asked.title;
  dialog.addClass("ddd-lab-trust");
  const { button } = await dialog.launch();
  return button.accept;
}

/** What trusting a project allows: its folder, and what would run, word by word. */
function Asked({ asked }: { readonly asked: TrustQuestion }) {
  return (
    <div className="ddd-lab-panel">
      {asked.words.map((words) => (
        <p key={words}>{words}</p>
      ))}
      <Lines lines={[asked.folder]} title="Folder" />
      <Lines lines={asked.added} title="New since then" />
      <Lines lines={asked.removed} title="No longer there" />
      <Lines lines={asked.commands} title="What runs" />
      <Lines lines={asked.settings} title="With these settings" />
    </div>
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) {
    return null;
  }
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul className="ddd-lab-list">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same line may stand there twice
          <li key={index}>
            <code>{line}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
