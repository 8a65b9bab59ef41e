"""Making the items of a proposal, each whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from ddd_lab.assist.proposals.items import Item, NeedFinder, field_changes
from ddd_lab.assist.proposals.placing import Placing
from ddd_lab.files.documents.document import Version
from ddd_lab.lossless_yaml import PatchError, YamlError
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.workbench import Workbench

SO_ALREADY = "it is so already"


def make_items(
    workbench: Workbench,
    items: Collection[Item],
    placing: Placing,
    away: Mapping[str, str] | None = None,
    *,
    checked: bool = False,
) -> Making:
    """Make items in a step or trial that is open, and place what they add.

    Args:
        workbench: that they change.
        away: those that must give way, and why.
        checked: whether all must be such that the files can say it.
    """
    try:
        with workbench.part() as before:
            making = Making(workbench, before)
            making.make(items, away or {})
            placing.place(workbench, before, making.finder.former_nodes)
            if checked:
                _refuse_unwritable(workbench, before)
        return making
    except EditError:
        if not checked:
            raise
    # One of them cannot be written: each is held against its file, which takes longer.
    with workbench.part() as before:
        making = Making(workbench, before, checked=True)
        making.make(items, away or {})
        placing.place(workbench, before, making.finder.former_nodes)
    return making


class Making:
    """Items that are made one after the other.

    Args:
        workbench: that they change.
        before: what the changed files said before.
        checked: whether each is held against its file.

    Attributes:
        items: as they came out, those that were refused too.
        finder: of what they need.
    """

    def __init__(
        self,
        workbench: Workbench,
        before: Mapping[str, Version | None],
        *,
        checked: bool = False,
    ) -> None:
        self._workbench = workbench
        self._checked = checked
        self.before = before
        self.items: list[Item] = []
        self.finder = NeedFinder(workbench)

    def make(self, items: Iterable[Item], away: Mapping[str, str]) -> None:
        """Make them in order, but for those that must give way."""
        for item in items:
            for one in self._single(item):
                needs = self.finder.needs(one.id, one.edit)
                why = away.get(item.id) or self._lacking(needs) or one.refused
                made = replace(one, needs=needs, refused=why)
                self.items.append(made if why else self._made(made))

    def _single(self, item: Item) -> Iterator[Item]:
        """The items of single edits that an item of the model stands for."""
        if not item.raw:
            yield replace(item, refused="")
            return
        try:
            edits = list(item.edit.expanded(self._workbench))
            if not edits:
                raise EditError(SO_ALREADY)
        except EditError as error:
            yield replace(item, title=item.edit.words, refused=str(error))
            return
        for number, edit in enumerate(edits, 1):
            id = item.id if len(edits) == 1 else f"{item.id}.{number}"
            yield replace(item, id=id, edit=edit, raw=False, refused="")

    def _made(self, item: Item) -> Item:
        edit, workbench = item.edit, self._workbench
        try:
            item = replace(item, title=item.title or edit.title(workbench))
            subject = edit.subject(workbench)
            with workbench.part() as before:
                edit.apply(workbench)
                if not before:
                    raise EditError(SO_ALREADY)
                if self._checked:
                    _refuse_unwritable(workbench, before)
        except EditError as error:
            return replace(item, title=item.title or edit.words, refused=str(error))
        if subject is None:
            return item
        return replace(item, changes=tuple(field_changes(subject, edit.subject(workbench))))

    def _lacking(self, needs: Collection[str]) -> str:
        return next((lacks(item) for item in self.items if item.id in needs and item.refused), "")


def lacks(need: Item) -> str:
    """Why an item is refused that needs a refused one."""
    return f"it needs “{need.title}”, which cannot be done"


def _refuse_unwritable(workbench: Workbench, paths: Iterable[str]) -> None:
    for path in list(paths):
        try:
            workbench.documents[path].text()
        except (PatchError, YamlError, UnicodeError) as error:
            raise EditError(f"{path} cannot be written so: {error}") from None
