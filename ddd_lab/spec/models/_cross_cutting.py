"""What cuts across all flows: identity, tenancy, logs, errors, limits, observability, security."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from ddd_lab.spec.enum_field import words
from ddd_lab.spec.models._read import FileModel, Map, Texts


class TokenSettings(FileModel):
    """How a token travels and how long it lives (``ttl`` in seconds)."""

    ttl: float | None = None
    location: str | None = words("Where it travels.", "header", "cookie")
    header_name: str | None = None
    scheme: str | None = None
    cookie_name: str | None = None
    http_only: bool | None = None
    secure: bool | None = None
    same_site: str | None = words("Cookies from other sites.", "strict", "lax", "none")


class PasswordSettings(FileModel):
    """What a password needs and how it is kept."""

    min_length: int | None = None
    require_uppercase: bool | None = None
    require_lowercase: bool | None = None
    require_digit: bool | None = None
    require_special: bool | None = None
    hash_algorithm: str | None = None
    hash_rounds: int | None = None


class AuthenticationSection(FileModel):
    """How people prove who they are."""

    type: str | None = words("Way of signing in.", "jwt", "session", "api_key", "oauth2")
    algorithm: str | None = words("Signature.", "RS256", "HS256", "ES256")
    access_token: TokenSettings = TokenSettings()
    refresh_token: TokenSettings = TokenSettings()
    password: PasswordSettings = PasswordSettings()


class Role(FileModel):
    """A role; a higher ``level`` may do more."""

    name: str = ""
    description: str = ""
    level: float | None = None


class AuthorizationSection(FileModel):
    """Who may do what."""

    type: str | None = words("Model of rights.", "rbac", "abac", "acl")
    roles: tuple[Role | str, ...] = ()
    default_role: str | None = None
    super_admin_bypass: bool | None = None


class TenancySection(FileModel):
    """How the data of several customers is kept apart."""

    enabled: bool | None = None
    strategy: str | None = words("Way of keeping apart.", "row_level", "schema", "database")
    identifier: str | None = None
    header: str | None = None
    resolution: tuple[Map, ...] = ()
    enforce_on_all_queries: bool | None = None


class LoggingSection(FileModel):
    """What is logged and how (older of the two places)."""

    format: str | None = words("Shape of a line.", "structured", "text")
    output: str | None = words("Encoding of a line.", "json", "text", "logfmt")
    include: Map = Field(default_factory=dict)
    exclude_paths: Texts = ()
    levels: Map = Field(default_factory=dict)
    mask_fields: Texts = ()


class ErrorHandlingSection(FileModel):
    """What an error looks like to a caller."""

    response_format: Map = Field(default_factory=dict)
    error_codes: Map = Field(default_factory=dict)
    standard_codes: Texts = ()
    include_stack_trace: Any = None


class RateLimit(FileModel):
    """So many requests in so many seconds."""

    requests: int | None = None
    window_seconds: float | None = None


class RateLimitingSection(FileModel):
    """How many requests a caller may make (older of the two places)."""

    enabled: bool | None = None
    storage: str | None = words("Where counts are kept.", "redis", "memory")
    default: RateLimit | str | None = None
    by_tier: dict[str, RateLimit | str] = Field(default_factory=dict)
    by_endpoint: dict[str, RateLimit | str] = Field(default_factory=dict)
    headers: Map = Field(default_factory=dict)


class RequestContextSection(FileModel):
    """What every request carries along; plain names, or maps with name, type and source."""

    fields: tuple[Map | str, ...] = ()


class ObservedLogging(FileModel):
    """Structured logs."""

    format: str | None = words("Encoding of a line.", "json", "text")
    level: str | None = words("Least severe level.", "debug", "info", "warn", "error")
    fields: Texts = ()
    sensitive_fields: Texts = ()
    library: str | None = words("Library.", "structlog", "loguru", "stdlib")


class TracingSettings(FileModel):
    """Traces; ``sample_rate`` from 0 to 1."""

    enabled: bool | None = None
    provider: str | None = None
    exporter: str | None = words("Where traces go.", "otlp", "jaeger", "zipkin")
    endpoint: str | None = None
    sample_rate: float | None = None
    propagation: str | None = words("Header format.", "w3c", "b3")
    auto_instrument: Texts = ()


class CustomMetric(FileModel):
    """A metric of the system's own."""

    name: str = ""
    type: str | None = words("Kind of metric.", "counter", "histogram", "gauge")
    description: str = ""
    labels: Texts = ()
    buckets: tuple[float, ...] = ()


class MetricsSettings(FileModel):
    """Metrics."""

    enabled: bool | None = None
    provider: str | None = None
    endpoint: str | None = None
    custom_metrics: tuple[CustomMetric, ...] = ()


class HealthProbe(FileModel):
    """An address that says whether the system is well, and what it looks at."""

    path: str | None = None
    checks: Texts = ()


class HealthSettings(FileModel):
    """Whether the system can take work, and whether it lives."""

    readiness: HealthProbe = HealthProbe()
    liveness: HealthProbe = HealthProbe()


class ObservabilitySection(FileModel):
    """What can be seen of the running system (takes precedence over the older places)."""

    logging: ObservedLogging = ObservedLogging()
    tracing: TracingSettings = TracingSettings()
    metrics: MetricsSettings = MetricsSettings()
    health: HealthSettings = HealthSettings()


class SecurityRates(FileModel):
    """Limits as ``number/(second|minute|hour|day)``; ``per_endpoint`` by flow id."""

    enabled: bool | None = None
    default: str | None = None
    per_endpoint: dict[str, str] = Field(default_factory=dict)
    storage: str | None = words("Where counts are kept.", "redis", "memory")
    response: Map = Field(default_factory=dict)


class SecurityCors(FileModel):
    """Which other sites may call the system."""

    allowed_origins: Any = None
    allowed_methods: Texts = ()
    allowed_headers: Texts = ()
    max_age: float | None = None


class SanitizationSettings(FileModel):
    """What is done to text that comes in."""

    trim_strings: bool | None = None
    strip_html: bool | None = None
    max_string_length: int | None = None


class AuditSettings(FileModel):
    """What is written down for auditors; events may be globs (``admin.*``)."""

    enabled: bool | None = None
    events: Texts = ()
    storage: str | None = words("Where it is kept.", "database", "file", "external")
    retention_days: int | None = None
    fields: Texts = ()


class ScanSettings(FileModel):
    """How dependencies are searched for known holes."""

    enabled: bool | None = None
    tool: str | None = words("Scanner.", "safety", "npm audit", "cargo audit")
    ci_step: bool | None = None
    fail_on: str | None = words("Severity that fails.", "critical", "high", "medium", "low")


class SecuritySection(FileModel):
    """How the system is guarded (takes precedence over the older places)."""

    rate_limiting: SecurityRates = SecurityRates()
    cors: SecurityCors = SecurityCors()
    headers: Map = Field(default_factory=dict)
    input_sanitization: SanitizationSettings = SanitizationSettings()
    audit_logging: AuditSettings = AuditSettings()
    dependency_scanning: ScanSettings = ScanSettings()


class CrossCuttingSection(FileModel):
    """What holds for every flow; ``middleware_order`` lists what runs first, first."""

    authentication: AuthenticationSection = AuthenticationSection()
    authorization: AuthorizationSection = AuthorizationSection()
    multi_tenancy: TenancySection = TenancySection()
    logging: LoggingSection = LoggingSection()
    error_handling: ErrorHandlingSection = ErrorHandlingSection()
    rate_limiting: RateLimitingSection = RateLimitingSection()
    request_context: RequestContextSection = RequestContextSection()
    middleware_order: Texts = ()
    observability: ObservabilitySection = ObservabilitySection()
    security: SecuritySection = SecuritySection()
