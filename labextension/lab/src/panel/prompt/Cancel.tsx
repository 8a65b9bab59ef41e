import { useShown } from "../parts/shown";

/** Puts the prompts away; what was edited in them is kept. */
export function Cancel() {
  const { model } = useShown();
  return (
    <button className="ddd-lab-button" onClick={() => model.dropDrafts()} type="button">
      Cancel
    </button>
  );
}
