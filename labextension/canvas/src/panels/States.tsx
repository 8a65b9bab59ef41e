import { PATIENCE } from "../connection";
import { useSession, useView } from "../state/session";
import { ToolButton } from "./ToolButton";

/** What stands here until the first board has come. */
export function NoBoard() {
  const session = useSession();
  const silent = useView((state) => state.silent);
  const failure = useView((state) => state.failure);
  if (failure || silent) {
    return (
      <div className="ddd-broken" role="alert">
        <strong>
          {failure ? "The board could not be opened." : "The kernel is not answering."}
        </strong>
        <p>
          {failure ||
            `There was no answer for ${PATIENCE / 1000} seconds. The kernel is busy with another cell, or it has stopped. If it was restarted, run the cell that shows this canvas again.`}
        </p>
        <ToolButton label="Try again" onPress={() => void session.hello()} primary text />
      </div>
    );
  }
  return (
    <div aria-busy="true" className="ddd-loading" role="status">
      <span className="ddd-sr">Opening the board</span>
      {SHAPES.map((shape) => (
        <div aria-hidden="true" className="ddd-bone" key={shape} />
      ))}
    </div>
  );
}

const SHAPES = ["first", "second", "third"];
