"""What answers took, in ``.ddd/memory/usage.yaml``, where several programs count at once."""

from __future__ import annotations

import contextlib
import errno
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from ddd_lab.assist.budget import Budget, Expected
from ddd_lab.assist.counting import Correction, ModelCounter
from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.prices import cost as cost_of
from ddd_lab.assist.registry import CostTracking
from ddd_lab.assist.replies import Usage
from ddd_lab.assist.usage_data import Calibration, Period, UsageData, UsageDocument, without_nulls
from ddd_lab.files.disk import locks, storage
from ddd_lab.lossless_yaml import PatchError, Tree, YamlError, decode, dump, encode, parse, patch
from ddd_lab.memory.files import ignore_derived_files
from ddd_lab.visible import visible

USAGE_FILE: Final = ".ddd/memory/usage.yaml"
_TRIES = 5
"""How often the file is written while an editor writes it, too."""


class BrokenUsageError(ValueError):
    """The file cannot be read; the message says where and why."""


@dataclass(frozen=True)
class Record:
    """One answer to be counted.

    Attributes:
        entry: the model that gave it.
        task: what it was asked for.
        usage: the tokens that it took.
        estimated: tokens of the whole input as they are estimated without a correction; 0 to
            learn nothing.
    """

    entry: ModelEntry
    task: str
    usage: Usage
    estimated: int = 0

    @property
    def cost(self) -> Decimal | None:
        """US dollars; None where the price is unknown."""
        return cost_of(self.usage, self.entry.price)


class UsageBook:
    """Counts what the answers of a project took. Threads may share it.

    Attributes:
        session: what was counted since this book was opened.
    """

    def __init__(self, root: Path, today: Callable[[], date] = date.today) -> None:
        self._root = root
        self._today = today
        self._lock = threading.RLock()
        self._unkept: deque[Record] = deque()
        self._claimed: list[Decimal] = []
        self.session = Period()

    def read(self, costs: CostTracking = CostTracking()) -> UsageData:  # noqa: B008 - frozen
        """What has been counted, with the period of today.

        Raises:
            BrokenUsageError: the file cannot be read.
        """
        try:
            data, _ = self._load()
        except OSError as error:
            reason = error.strerror or error
            raise BrokenUsageError(visible(f"{USAGE_FILE} cannot be read: {reason}")) from error
        data.period(costs.reset_period, self._today())
        return data

    @property
    def trouble(self) -> str:
        """Why the file cannot be read; empty where it can."""
        try:
            self.read()
        except BrokenUsageError as error:
            return str(error)
        return ""

    def budget(self, costs: CostTracking) -> Budget:
        """How the period stands; what could not be written, or is under way, counts, too."""
        with self._lock:
            try:
                period = self.read(costs).period(costs.reset_period, self._today())
            except BrokenUsageError:
                period = Period()
            prices = [record.cost for record in self._unkept]
            more = [*self._claimed, *(price for price in prices if price is not None)]
        spent = period.total_cost + sum(more, Decimal(0))
        return Budget(costs, spent, period.unknown_price + prices.count(None))

    def claim(
        self, costs: CostTracking, entry: ModelEntry, expected: Expected, *, beyond: bool = False
    ) -> str:
        """Ask for a call before it is made, and set its price aside until `release`.

        Args:
            costs: the limits.
            entry: the model that is asked.
            expected: what it will take.
            beyond: a person allowed to go beyond the limit.

        Returns:
            Why it may not be made; empty where it may, and only then it has to be released.
        """
        with self._lock:
            reason = "" if beyond else self.budget(costs).check(entry, expected)
            if not reason:
                self._claimed.append(expected.price or Decimal(0))
            return reason

    def release(self, expected: Expected) -> None:
        """Give back what was set aside for a call that is over."""
        with self._lock:
            self._claimed.remove(expected.price or Decimal(0))

    def counter(self, entry: ModelEntry) -> ModelCounter:
        """A counter for a model, with what its replies have taught."""
        try:
            calibration = self.read().calibration.get(entry.model_id)
        except BrokenUsageError:
            calibration = None
        return ModelCounter(entry, calibration.correction if calibration else Correction())

    def add(self, record: Record, costs: CostTracking) -> str:
        """Count an answer; never raises.

        Returns:
            What a person should know of the file; empty if nothing.
        """
        with self._lock:
            self.session.add(record.entry.id, record.task, record.usage, record.cost)
            if not costs.enabled:
                return ""
            self._unkept.append(record)
            try:
                with locks.locked(self._root, "usage"):
                    return self._write(costs)
            except (OSError, BrokenUsageError, PatchError) as error:
                reason = getattr(error, "strerror", None) or error
                return visible(f"{USAGE_FILE} cannot be written: {reason}. It is counted later")

    def _write(self, costs: CostTracking) -> str:
        words = ""
        for _ in range(_TRIES):
            with contextlib.suppress(storage.ChangedOnDiskError):
                words = self._set_aside() or words
                self._count(costs)
                return words
        raise OSError(errno.EAGAIN, "other programs keep changing it")

    def _count(self, costs: CostTracking) -> None:
        data, raw = self._load()
        today = self._today()
        period = data.period(costs.reset_period, today)
        for record in self._unkept:
            period.add(record.entry.id, record.task, record.usage, record.cost)
            _learn(data, record, today.isoformat())
        ignore_derived_files(self._root)
        storage.write(self._root, USAGE_FILE, _text(raw, data), expected=raw)
        self._unkept.clear()

    def _load(self) -> tuple[UsageData, bytes | None]:
        try:
            raw = storage.read(self._root, USAGE_FILE)
        except FileNotFoundError:
            return UsageData(), None
        return _parsed(raw), raw

    def _set_aside(self) -> str:
        """Rename a broken file, so that nothing of it is lost; returns what to tell of it."""
        try:
            self._load()
        except BrokenUsageError as error:
            number = 1
            while storage.status(self._root, aside := _aside(number)) is not None:
                number += 1
            with contextlib.suppress(FileNotFoundError):
                storage.rename(self._root, USAGE_FILE, aside)
            return f"{error}. It is kept as {aside}, and the count begins anew"
        return ""


def _parsed(raw: bytes) -> UsageData:
    try:
        tree = _tree(raw)
        data = without_nulls(tree.data) if tree.data is not None else {}
        return UsageDocument.model_validate(data).usage
    except YamlError as error:
        raise BrokenUsageError(visible(f"{USAGE_FILE}:{error.line}: {error.message}")) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        line, _ = tree.locate(first["loc"])
        key = ".".join(str(step) for step in first["loc"])
        raise BrokenUsageError(
            visible(f"{USAGE_FILE}:{line}: {f'{key}: ' if key else ''}{first['msg']}")
        ) from error


def _text(raw: bytes | None, data: UsageData) -> bytes:
    plain = data.model_dump(exclude_none=True)
    if raw is None:
        return encode(dump({"usage": plain}))
    tree = _tree(raw)
    before = tree.data if isinstance(tree.data, dict) else {}
    return encode(patch(tree.text, {**before, "usage": plain}, tree=tree), raw)


@lru_cache(maxsize=4)
def _tree(raw: bytes) -> Tree:
    return parse(decode(raw))


def _learn(data: UsageData, record: Record, today: str) -> None:
    usage = record.usage
    if usage.how != "exact" or not record.estimated:
        return
    real = usage.input + usage.cache_read + usage.cache_write
    calibration = data.calibration.setdefault(record.entry.model_id, Calibration())
    after = calibration.correction.after(record.estimated, real, today)
    calibration.factor, calibration.replies, calibration.as_of = (
        after.factor,
        after.replies,
        after.as_of,
    )


def _aside(number: int) -> str:
    return USAGE_FILE.replace(".yaml", f".broken{'' if number == 1 else f'-{number}'}.yaml")
