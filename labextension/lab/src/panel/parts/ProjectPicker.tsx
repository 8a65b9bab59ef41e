import type { ProjectBrief } from "../../protocol";
import type { IDesignService } from "../../service/tokens";

/** A choice of the current project; nothing where there is none to choose. */
export function ProjectPicker({ service }: { readonly service: IDesignService }) {
  const projects = projectsOf(service);
  return projects.length > 1 ? (
    <select
      aria-label="Project"
      onChange={(event) => void service.choose(event.target.value)}
      value={service.root}
    >
      {projects.map((project) => (
        <option key={project.root} value={project.root}>
          {project.name}
          {project.path !== "" && ` (${project.path})`}
        </option>
      ))}
    </select>
  ) : null;
}

/** The projects, and the current one if it lies outside of the server's folder. */
export function projectsOf({ projects, root, state }: IDesignService): readonly ProjectBrief[] {
  const found = projects ?? [];
  const known = root === "" || found.some((project) => project.root === root);
  return known ? found : [...found, { name: state?.name ?? root, path: root, root }];
}
