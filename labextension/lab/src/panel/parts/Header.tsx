import type { PanelModel } from "../model";
import { ActionButton, Failure, useAction } from "./action";
import { ProjectPicker, projectsOf } from "./ProjectPicker";

/** Which project it is about; to choose from where there are several. */
export function Header({ model }: { readonly model: PanelModel }) {
  const { service } = model;
  const projects = projectsOf(service);
  return (
    <div className="ddd-lab-head">
      <h2 title={service.root}>
        {projects.length > 1 ? "Implementation" : (projects[0]?.name ?? "Implementation")}
      </h2>
      <button
        aria-label="Move between the sidebar and the main area"
        className="ddd-lab-quiet"
        onClick={() => model.host.move()}
        title="Move between the sidebar and the main area"
        type="button"
      >
        <span aria-hidden>⇄</span>
      </button>
      <ProjectPicker service={service} />
      {service.state?.trusted === true && <Trusted model={model} root={service.state.root} />}
    </div>
  );
}

/** Says that what the project names may be run, and takes that back. */
function Trusted({ model, root }: { readonly model: PanelModel; readonly root: string }) {
  const { service } = model;
  const action = useAction();
  const revoke = async () => {
    service.take(await service.requests.act("trust/revoke", { root }));
    model.announce("The project is no longer trusted");
  };
  return (
    <div className="ddd-lab-trusted">
      Trusted{" "}
      <ActionButton action={action} look="link" name="Revoke trust in this project" work={revoke}>
        Revoke
      </ActionButton>
      <Failure action={action} />
    </div>
  );
}
