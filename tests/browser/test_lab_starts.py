"""The ground that all other browser tests stand on: a widget in a real JupyterLab."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenLab
from tests.browser.lab import Lab, Theme

COUNTER = '''
import anywidget
import traitlets


class Counter(anywidget.AnyWidget):
    _esm = """
    export default {
      render({ model, el }) {
        const button = document.createElement("button");
        button.textContent = "Count";
        button.style.color = "var(--jp-ui-font-color1)";
        button.style.background = "var(--jp-layout-color1)";
        button.addEventListener("click", () => {
          model.set("count", model.get("count") + 1);
          model.save_changes();
        });
        const value = document.createElement("output");
        const show = () => { value.textContent = `Counted ${model.get("count")}`; };
        model.on("change:count", show);
        show();
        el.append(button, value);
      },
    };
    """
    count = traitlets.Int(0).tag(sync=True)


counter = Counter()
counter
'''


@pytest.fixture(scope="module")
def counter(open_lab: OpenLab) -> Iterator[Lab]:
    with open_lab() as lab:
        lab.open_notebook("counter", [COUNTER])
        lab.run_cell(0)
        yield lab


def count_in_python(lab: Lab) -> int:
    return int(lab.kernel_eval("counter.count"))


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_a_click_in_the_browser_reaches_python_in_either_theme(counter: Lab, theme: Theme) -> None:
    counter.set_theme(theme)
    before = count_in_python(counter)

    counter.output(0).get_by_role("button", name="Count").click()

    counter.wait_for_kernel("counter.count", str(before + 1))
    expect(counter.output(0).get_by_role("status")).to_have_text(f"Counted {before + 1}")
    assert counter.axe(counter.output(0)) == []
    assert counter.screenshot(f"counter-{theme.rpartition(' ')[2].lower()}").is_file()


def test_a_change_in_python_reaches_the_browser(counter: Lab) -> None:
    counter.kernel_eval("counter.count = 41")

    expect(counter.output(0).get_by_role("status")).to_have_text("Counted 41")


def test_axe_reports_what_is_not_accessible(counter: Lab) -> None:
    counter.output(0).get_by_role("button").evaluate("button => button.replaceChildren()")

    broken = counter.axe(counter.output(0))

    counter.output(0).get_by_role("button").evaluate("button => button.append('Count')")
    assert [line.partition(":")[0] for line in broken] == ["button-name"]


def test_an_error_in_the_kernel_is_an_error_of_the_test(counter: Lab) -> None:
    with pytest.raises(AssertionError, match="NameError"):
        counter.kernel_eval("there_is_no_such_name")


def test_each_test_gets_a_page_and_a_kernel_of_its_own(lab: Lab) -> None:
    lab.open_notebook("another/notebook", ["x = 1", "print('x is', x)"])

    lab.run_all()

    expect(lab.output(1)).to_contain_text("x is 1")
    assert lab.kernel_eval("'counter' in globals()") == "False"
    assert lab.errors == []
