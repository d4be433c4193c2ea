"""The notebooks run on the shipped data, by the public interface alone, and are kept without outputs."""

import ast
import os
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import integrator

TOP = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((TOP / "notebooks").glob("*.ipynb"))
ALLOWED = {"integrator", "matplotlib", "os", "pandas", "pathlib", "tempfile"}
MACHINE = re.compile(r"/(?:home|Users|root|tmp|work|mnt)/|\b[A-Za-z]:\\|@[a-z0-9-]+\.[a-z]{2,}")


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory):
    """A folder like the top of the repository, so that a run leaves nothing behind in it."""
    top = tmp_path_factory.mktemp("clone")
    for name in ("data", "examples", "integrator.toml"):
        (top / name).symlink_to(TOP / name)
    (top / "notebooks").mkdir()
    return top


def read(path):
    return nbformat.read(path, as_version=nbformat.NO_CONVERT)


def code_of(path):
    return "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "code")


def by_name(path):
    return path.stem


def test_there_are_four():
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04"]


@pytest.mark.filterwarnings("default")  # of Jupyter's own, about its sockets and event loops
@pytest.mark.parametrize("path", NOTEBOOKS, ids=by_name)
def test_it_runs_from_top_to_bottom(path, surroundings, monkeypatch):
    source = os.pathsep.join([str(Path(integrator.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    monkeypatch.setenv("PYTHONPATH", source.rstrip(os.pathsep))
    notebook = read(path)
    where = {"metadata": {"path": str(surroundings / "notebooks")}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=where).execute()
    drawn = [
        output for cell in notebook.cells for output in cell.get("outputs", []) if "image/png" in output.get("data", {})
    ]
    assert len(drawn) >= 3
    said = [
        output.text for cell in notebook.cells for output in cell.get("outputs", []) if output.get("name") == "stderr"
    ]
    assert said == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=by_name)
def test_outputs_are_stripped(path):
    cells = [cell for cell in read(path).cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None and cell.metadata == {} for cell in cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=by_name)
def test_it_is_a_notebook_of_format_4_5(path):
    notebook = read(path)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.cells[0].source.startswith(f"# {int(path.stem[:2])} · ")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=by_name)
def test_it_imports_the_public_interface_alone(path):
    names = set()
    for node in ast.walk(ast.parse(code_of(path))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module)
    assert {name.partition(".")[0] for name in names} <= ALLOWED
    assert [name for name in names if name.startswith("integrator.")] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=by_name)
def test_it_uses_public_names_alone(path):
    tree = ast.parse(code_of(path))
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    of_ours = {node.attr for node in attributes if isinstance(node.value, ast.Name) and node.value.id == "integrator"}
    assert of_ours <= set(integrator.__all__)
    assert [node.attr for node in attributes if node.attr.startswith("_")] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=by_name)
def test_no_path_of_a_machine_and_no_address_of_a_person_stands_in_it(path):
    assert MACHINE.findall("\n".join(cell.source for cell in read(path).cells)) == []
