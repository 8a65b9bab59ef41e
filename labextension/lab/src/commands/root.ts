import type { ReadonlyPartialJSONObject } from "@lumino/coreutils";
import type { IDesignService } from "../service/tokens";
import { ROOT, textOf } from "./arguments";

/**
 * The root that was given, or that of the current project.
 *
 * @throws Error if there is no project.
 */
export async function rootOf(
  args: ReadonlyPartialJSONObject,
  service: IDesignService,
): Promise<string> {
  const given = textOf(args, "root", ROOT);
  if (given === undefined && service.root === "") {
    await service.refresh(); // nobody may have looked for one yet
  }
  const root = given ?? service.root;
  if (root === "") {
    throw new Error(service.trouble || "There is no design below the folder that JupyterLab shows");
  }
  return root;
}
