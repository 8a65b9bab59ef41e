import { Failure, useAction } from "./action";
import { useShown } from "./shown";

interface Props {
  readonly title: string;
  readonly files: readonly string[];
}

/** Files of the project; a click opens one. */
export function FileLinks({ title, files }: Props) {
  const action = useAction();
  if (files.length === 0) {
    return null;
  }
  return (
    <section aria-label={title}>
      <h4>{title}</h4>
      <ul className="ddd-lab-list">
        {files.map((file) => (
          <li key={file}>
            <FileLink file={file} open={action.go} />
          </li>
        ))}
      </ul>
      <Failure action={action} />
    </section>
  );
}

interface LinkProps {
  readonly file: string;
  readonly open: (work: () => Promise<void>) => void;
}

/** A file's path; a button where the server's files have it. */
export function FileLink({ file, open }: LinkProps) {
  const { model } = useShown();
  const path = model.service.serverPath(file);
  if (path === null) {
    return <code>{file}</code>;
  }
  return (
    <button
      className="ddd-lab-link ddd-lab-path"
      onClick={() => open(() => model.host.openFile(path))}
      type="button"
    >
      {file}
    </button>
  );
}
