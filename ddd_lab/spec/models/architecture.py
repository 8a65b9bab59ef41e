"""The architecture file: structure, dependencies, infrastructure and all that cuts across.

Every section is there even if the file says nothing about it, so that ``model.api.pagination`` can
be asked without looking; every setting is None unless the file states it.
"""

from __future__ import annotations

from typing import Any, Self

from pydantic import Field

from ddd_lab.spec.enum_field import words
from ddd_lab.spec.models._architecture_operation import DeploymentSection, TestingSection
from ddd_lab.spec.models._cross_cutting import CrossCuttingSection
from ddd_lab.spec.models._read import FileModel, Map, Misread, Text, Texts, located
from ddd_lab.spec.models.base import Data


class NamingSection(FileModel):
    """How things are named; an example or the name of a convention for each."""

    files: Text = ""
    classes: Text = ""
    functions: Text = ""
    variables: Text = ""
    constants: Text = ""
    private: Text = ""
    database_tables: Text = ""
    database_columns: Text = ""
    foreign_keys: Text = ""
    indexes: Text = ""
    api_endpoints: Text = ""
    api_params: Text = ""


class StructureSection(FileModel):
    """How the code lies in folders; ``layout`` is a free tree of folders and files."""

    type: str | None = words("Way of dividing.", "domain-driven", "feature-based", "layered")
    layout: Map = Field(default_factory=dict)
    naming: NamingSection = NamingSection()


class DependenciesSection(FileModel):
    """Packages with their versions, for production and for development."""

    python: str | None = None
    node: str | None = None
    production: Map = Field(default_factory=dict)
    development: Map = Field(default_factory=dict)


class PoolSettings(FileModel):
    """Sizes of a connection pool; times in seconds."""

    min_size: int | None = None
    max_size: int | None = None
    max_overflow: int | None = None
    pool_timeout: float | None = None
    pool_recycle: float | None = None


class DatabaseConventions(FileModel):
    """What every table has."""

    primary_key: str | None = words("Kind of key.", "uuid", "serial", "bigserial")
    timestamps: bool | None = None
    soft_delete: bool | None = None
    audit_log: bool | None = None


class MigrationSettings(FileModel):
    """How migrations come about; ``command`` is the guide's."""

    auto_generate: bool | None = None
    include_schemas: Texts = ()
    command: str | None = None


class DatabaseSection(FileModel):
    """The database."""

    type: str | None = words("Product.", "postgresql", "mysql", "sqlite", "mongodb")
    async_: bool | None = Field(None, alias="async")
    pool: PoolSettings = PoolSettings()
    conventions: DatabaseConventions = DatabaseConventions()
    migrations: MigrationSettings = MigrationSettings()


class CacheSection(FileModel):
    """The cache; times in seconds, ``patterns`` are key templates."""

    type: str | None = words("Product.", "redis", "memcached", "in-memory")
    default_ttl: float | None = None
    max_ttl: float | None = None
    key_prefix: str | None = None
    serializer: str | None = words("Format of values.", "json", "pickle", "msgpack")
    patterns: Map = Field(default_factory=dict)


class RetrySettings(FileModel):
    """How often and after what delay something is tried again; times in seconds."""

    enabled: bool | None = None
    max_attempts: int | None = None
    backoff_type: str | None = words("Growth of the delay.", "exponential", "linear", "fixed")
    initial_delay: float | None = None
    max_delay: float | None = None
    multiplier: float | None = None
    dead_letter: bool | None = None


class DeadLetterSettings(FileModel):
    """Where messages go that could not be handled."""

    enabled: bool | None = None
    exchange: str | None = None
    ttl: float | None = None


class QueueSection(FileModel):
    """The message queue."""

    type: str | None = words("Product.", "rabbitmq", "redis", "sqs", "kafka")
    exchange: str | None = None
    exchange_type: str | None = words("Way of routing.", "topic", "direct", "fanout")
    durable: bool | None = None
    retry: RetrySettings = RetrySettings()
    dead_letter: DeadLetterSettings = DeadLetterSettings()


class StorageSection(FileModel):
    """Storage of files; sizes in bytes, times in seconds."""

    type: str | None = words("Kind of store.", "s3", "gcs", "azure", "local")
    provider: str | None = words("Who runs it.", "aws", "gcs", "minio", "cloudflare", "backblaze")
    buckets: Map = Field(default_factory=dict)
    presigned_url_ttl: float | None = None
    max_file_size: int | None = None


class InfrastructureSection(FileModel):
    """What the system stands on."""

    database: DatabaseSection = DatabaseSection()
    cache: CacheSection = CacheSection()
    queue: QueueSection = QueueSection()
    storage: StorageSection = StorageSection()


class VersioningSettings(FileModel):
    """How versions of the API are told apart."""

    strategy: str | None = words("Where it shows.", "url_prefix", "header", "query_param")
    current_version: str | None = None
    supported_versions: Texts = ()
    header_name: str | None = None
    query_param: str | None = None


class PaginationSettings(FileModel):
    """How lists are cut into pages."""

    style: str | None = words("Way of paging.", "cursor", "offset")
    default_limit: int | None = None
    max_limit: int | None = None
    params: Map = Field(default_factory=dict)
    response: Map = Field(default_factory=dict)


class FilteringSettings(FileModel):
    """How lists are filtered; ``operators`` maps each to the suffix that means it."""

    style: str | None = words("Where filters stand.", "query_params", "json_body")
    operators: Map = Field(default_factory=dict)


class SortingSettings(FileModel):
    """How lists are sorted."""

    param: str | None = None
    format: str | None = None
    multi_sort: bool | None = None
    separator: str | None = None
    max_sort_fields: int | None = None
    directions: Any = None
    default: str | None = None


class ApiCors(FileModel):
    """Which other sites may call the API; origins per environment, or one list."""

    enabled: bool | None = None
    allowed_origins: Any = None
    allowed_methods: Texts = ()
    allowed_headers: Texts = ()
    expose_headers: Texts = ()
    allow_credentials: bool | None = None
    max_age: float | None = None


class ApiSection(FileModel):
    """What the API looks like from outside."""

    base_path: str | None = None
    versioning: VersioningSettings = VersioningSettings()
    pagination: PaginationSettings = PaginationSettings()
    filtering: FilteringSettings = FilteringSettings()
    sorting: SortingSettings = SortingSettings()
    response_envelope: Map = Field(default_factory=dict)
    cors: ApiCors = ApiCors()


class ArchitectureModel(FileModel):
    """What ``specs/architecture.yaml`` says.

    The later format keeps free text where the guide has settings. There, parts that do not fit are
    no mistakes and make no issues; ``raw`` has everything as written in either case.

    Attributes:
        raw: the file's data without its root key.
        free_form: whether the file is of the later format.
    """

    version: Text = ""
    structure: StructureSection = StructureSection()
    dependencies: DependenciesSection = DependenciesSection()
    infrastructure: InfrastructureSection = InfrastructureSection()
    cross_cutting: CrossCuttingSection = CrossCuttingSection()
    api: ApiSection = ApiSection()
    testing: TestingSection = TestingSection()
    deployment: DeploymentSection = DeploymentSection()
    raw: Map = Field(default_factory=dict, exclude=True)
    free_form: bool = Field(False, exclude=True)

    @classmethod
    def read(cls, data: Data) -> tuple[Self, list[Misread]]:
        """Read the file's data, with or without the root key ``architecture``."""
        own_keys = ("raw", "free_form")
        read, inner, at, issues = cls.read_root(data, "architecture", apart=own_keys)
        free = not at and any(key in inner for key in _FREE_FORM)
        if free and isinstance(data, dict):
            issues = []
        return read.model_copy(update={"raw": inner, "free_form": free}), located(issues, data)


_FREE_FORM = ("project_structure", "naming_conventions", "api_design", "cross_cutting_patterns")
