"""The worked notebook runs from the files beside it to a claims chart, and its outputs are not kept in the repository."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
NOTEBOOK = EXAMPLES / "claims.ipynb"


@pytest.fixture(scope="module")
def ran() -> nbformat.NotebookNode:
    """The notebook with the outputs of a run in its own folder."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(EXAMPLES)}})
    client.create_kernel_manager()
    client.km.kernel_cmd = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    return client.execute()


def shown(ran: nbformat.NotebookNode, source: str, kind: str) -> str:
    """What the cell whose code holds ``source`` shows as ``kind``."""
    (cell,) = [cell for cell in ran.cells if cell.cell_type == "code" and source in cell.source]
    found = [output for output in cell.outputs if kind in output.get("data", {})]
    assert found, (source, cell.outputs)
    return "".join(found[-1]["data"][kind])


def test_readings_answers_and_claims_show_themselves_as_tables(ran: nbformat.NotebookNode) -> None:
    assert "<td>ASSAULT: “attacked”</td>" in shown(ran, "readings[0]", "text/html")
    assert "Norden Press" in shown(ran, "ledger.articles()", "text/html")
    assert "<th>according to</th>" in shown(ran, "ledger.events(type", "text/html")
    claims = shown(ran, "claims = max", "text/html")
    assert "<td>regional hospital</td><td>26</td>" in claims
    assert "<svg" in claims


def test_it_ends_in_charts_drawn_without_a_network(ran: nbformat.NotebookNode) -> None:
    for source in ("claims_chart(claims", "volume_chart(volume"):
        assert shown(ran, source, "image/svg+xml").lstrip().startswith("<svg")


def test_the_notebook_is_kept_without_outputs() -> None:
    cells = [cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == [None] * len(cells)
    assert not any(cell.outputs for cell in cells)
