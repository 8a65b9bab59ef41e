import { useSession, useView } from "../state/session";
import { ToolButton } from "./ToolButton";

/** Short notices over the lower edge of the canvas. */
export function Notes() {
  const session = useSession();
  const notes = useView((state) => state.notes);
  return (
    <div className="ddd-notes">
      {notes.map((note) => (
        <div
          className="ddd-note"
          data-tone={note.tone}
          key={note.key}
          role={note.tone === "bad" ? "alert" : "status"}
        >
          <span>{note.text}</span>
          <ToolButton icon="close" label="Dismiss" onPress={() => session.dismiss(note.key)} />
        </div>
      ))}
    </div>
  );
}
