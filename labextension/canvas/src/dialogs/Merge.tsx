import { useConflictsModule } from "../state/modules";
import { Frame } from "./Frame";

/** What a merge of Git has left to decide in a file; loaded when it is needed. */
export function Merge({ path }: { path: string }) {
  const { module, error } = useConflictsModule();
  return (
    <Frame key={module ? "there" : "coming"} title={`Merge of ${path}`} wide>
      {module ? <module.MergePlaces key={path} path={path} /> : <p>{error || "Loading…"}</p>}
    </Frame>
  );
}
