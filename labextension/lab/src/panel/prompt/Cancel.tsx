import { Button } from "../parts/action";
import { useShown } from "../parts/shown";

/** Puts the prompts away; what was edited in them is kept. */
export function Cancel() {
  const { model } = useShown();
  return <Button onClick={() => model.dropDrafts()}>Cancel</Button>;
}
