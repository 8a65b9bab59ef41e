import re

from hypothesis import given
from hypothesis import strategies as st

from ddd_lab.maps import mermaid, sheet, sheet_mermaid
from ddd_lab.maps.mermaid import CLASSES, INK
from tests.maps.contrast import contrast
from tests.maps.designs import design, domain, flow, node

NODE = re.compile(r"^ +(n_\w*)[\[({]", re.MULTILINE)


def ids(text: str) -> list[str]:
    return NODE.findall(text)


def test_a_sheet_reads_as_a_flowchart_with_outcomes_and_shapes() -> None:
    steps = (node("known", "decision", "true:done", label="Known?"), node("done", "terminal"))
    text = sheet_mermaid(sheet(flow(*steps)))

    assert text.startswith("flowchart LR\n")
    assert 'n_known{"Known?"}' in text
    assert '-->|"true"| n_done' in text
    assert "n_done([" in text
    assert "n_trigger -.-> n_known" in text


def test_agent_sheets_stand_upright() -> None:
    assert sheet_mermaid(sheet(flow(node("a"), type="agent"))).startswith("flowchart TB\n")


@given(st.lists(st.text(min_size=1, max_size=8), unique=True, min_size=1, max_size=8))
def test_ids_never_collide(names: list[str]) -> None:
    names = [name for name in names if name != "trigger"]
    found = ids(sheet_mermaid(sheet(flow(*map(node, names)))))

    assert len(found) == len({id_.lower() for id_ in found}) == len(names) + 1


def test_ids_that_differ_in_punctuation_stay_apart_and_reserved_words_are_safe() -> None:
    found = ids(sheet_mermaid(sheet(flow(*map(node, ("a-b", "a_b", "a.b", "end", "a_b_2"))))))

    assert found == ["n_trigger", "n_a_b", "n_a_b_2", "n_a_b_3", "n_end", "n_a_b_2_2"]


def test_the_system_map_names_domains_and_their_events() -> None:
    sent, got = domain("shop", publishes={"paid": ""}), domain("mail", consumes={"paid": ""})

    assert 'n_shop -->|"paid"| n_mail' in mermaid(design(sent, got))


def test_missing_targets_are_dashed() -> None:
    text = sheet_mermaid(sheet(flow(node("a", "process", "gone"))))

    assert "n_a -.-> n_gone" in text
    assert "class n_gone c_missing;" in text


def test_every_class_can_be_read_on_its_own_fill() -> None:
    for fill, line in CLASSES.values():
        assert contrast(INK, fill) >= 7
        assert contrast(line, fill) >= 3
