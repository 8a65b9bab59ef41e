import type { TrustView } from "../protocol";
import { DialogForm } from "./parts";

/** What trusting a project allows: its folder, and what would run, word by word. */
export function Trust({
  asked,
  onTrust,
  onCancel,
}: {
  asked: TrustView;
  /** Trusts it and goes on with what was asked for. */
  onTrust: () => Promise<void>;
  onCancel: () => void;
}) {
  return (
    <DialogForm action={asked.action} onCancel={onCancel} onSubmit={onTrust}>
      {asked.words.map((words) => (
        <p key={words}>{words}</p>
      ))}
      <Lines lines={[asked.folder]} title="Folder" />
      <Lines lines={asked.added} title="New since then" />
      <Lines lines={asked.removed} title="No longer there" />
      <Lines lines={asked.commands} title="What runs" />
      <Lines lines={asked.settings} title="With these settings" />
    </DialogForm>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) {
    return null;
  }
  return (
    <section aria-label={title} className="ddd-trusted">
      <h3>{title}</h3>
      <ul>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same line may stand there twice
          <li className="ddd-command" key={index}>
            <code>{line}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
