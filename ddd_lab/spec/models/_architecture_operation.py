"""How the designed system is tested and brought to where it runs."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from ddd_lab.spec.enum_field import words
from ddd_lab.spec.models._read import FileModel, Map, Texts


class CoverageSettings(FileModel):
    """How much of the code tests must reach, in percent."""

    minimum: float | None = None
    fail_under: bool | None = None
    exclude: Texts = ()


class TestDatabase(FileModel):
    """How tests get a clean database."""

    strategy: str | None = words(
        "Way of cleaning up.", "transaction_rollback", "truncate", "recreate"
    )
    use_test_database: bool | None = None
    test_database_suffix: str | None = None


class FixtureSettings(FileModel):
    """Fixtures that all tests use, and those that many do."""

    auto_use: Texts = ()
    common: Texts = ()


class FactorySettings(FileModel):
    """How test data is made."""

    library: str | None = words("Library.", "factory_boy", "faker", "custom")
    base_class: str | None = None
    location: str | None = None


class TestCommands(FileModel):
    """The commands that test, lint and check types (the guide's)."""

    test: str | None = None
    lint: str | None = None
    typecheck: str | None = None


class TestingSection(FileModel):
    """How the system is tested."""

    framework: str | None = words("Test runner.", "pytest", "unittest", "jest", "vitest")
    async_mode: str | None = words("Async tests.", "auto", "strict")
    coverage: CoverageSettings = CoverageSettings()
    database: TestDatabase = TestDatabase()
    fixtures: FixtureSettings = FixtureSettings()
    factories: FactorySettings = FactorySettings()
    mocks: Map = Field(default_factory=dict)
    markers: tuple[Map | str, ...] = ()
    commands: TestCommands = TestCommands()


class ContainerSettings(FileModel):
    """How the container image is made."""

    enabled: bool | None = None
    runtime: str | None = words("Container runtime.", "docker", "podman")
    base_image: str | None = None
    multi_stage: bool | None = None
    non_root_user: bool | None = None
    read_only_filesystem: bool | None = None


class Environment(FileModel):
    """One place where the system runs; ``auto_scaling`` as written (two shapes occur)."""

    debug: bool | None = None
    log_level: str | None = None
    replicas: int | None = None
    auto_scaling: Map = Field(default_factory=dict)


class HealthCheck(FileModel):
    """One probe of the platform; ``interval`` and ``timeout`` as numbers or like ``30s``."""

    path: str | None = None
    failure_threshold: int | None = None
    interval: str | None = None
    timeout: str | None = None
    interval_seconds: float | None = None
    timeout_seconds: float | None = None
    checks: Texts = ()


class HealthChecks(FileModel):
    """The two probes of the platform."""

    liveness: HealthCheck = HealthCheck()
    readiness: HealthCheck = HealthCheck()


class Stage(FileModel):
    """One step of the pipeline: its name and the command that it runs."""

    name: str = ""
    run: str = ""


class PipelineSettings(FileModel):
    """What happens to every change; ``branches`` maps a branch to its environment."""

    provider: str | None = words("Service.", "github_actions", "gitlab_ci", "circleci")
    branches: Map = Field(default_factory=dict)
    stages: tuple[Stage, ...] = ()
    required_checks: Texts = ()


class DockerSettings(FileModel):
    """The container as it runs."""

    base_image: str | None = None
    port: int | None = None
    env_file: str | None = None
    multi_stage: bool | None = None
    healthcheck: HealthCheck = HealthCheck()


class ComposeSettings(FileModel):
    """Services in compose syntax, used word for word."""

    services: Map = Field(default_factory=dict)


class KubernetesSettings(FileModel):
    """The system in a cluster."""

    enabled: bool | None = None
    namespace: str | None = None
    replicas: int | None = None
    resources: Map = Field(default_factory=dict)
    ingress: Map = Field(default_factory=dict)
    hpa: Map = Field(default_factory=dict)


class DeploymentSection(FileModel):
    """How the system gets to where it runs."""

    containerization: ContainerSettings = ContainerSettings()
    environments: dict[str, Environment] = Field(default_factory=dict)
    health_checks: HealthChecks = HealthChecks()
    ci_cd: PipelineSettings = PipelineSettings()
    docker: DockerSettings = DockerSettings()
    compose: ComposeSettings = ComposeSettings()
    kubernetes: KubernetesSettings = KubernetesSettings()
    strategy: Any = None
