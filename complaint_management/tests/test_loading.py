import inspect
from pathlib import Path

from odoo.models import MetaModel
from odoo.tests import BaseCase, tagged

from odoo.addons.complaint_management import tests


@tagged("post_install", "-at_install")
class TestLoading(BaseCase):
    """Core runs only modules imported by ``tests/__init__``: none may be forgotten."""

    def test_every_test_file_is_loaded(self):
        folder = Path(tests.__file__).parent
        on_disk = {path.resolve() for path in folder.rglob("test_*.py")}
        loaded = {
            Path(module.__file__).resolve()
            for name, module in inspect.getmembers(tests, inspect.ismodule)
            if name.startswith("test_")
        }
        self.assertEqual(on_disk - loaded, set())

    def test_every_model_file_is_loaded(self):
        folder = Path(tests.__file__).parents[1]
        for room in (folder / "models").glob("*/__init__.py"):
            imported = room.read_text()
            for path in room.parent.glob("*.py"):
                if path.stem != "__init__" and "models.Model" in path.read_text():
                    with self.subTest(file=path.name):
                        self.assertIn(path.stem, imported)

    def test_rooms_load_in_their_order(self):
        """What a room extends is known before, so that its overrides are the outer ones."""
        models = Path(tests.__file__).parents[1] / "models" / "__init__.py"
        order = [line.split()[3] for line in models.read_text().splitlines() if "import" in line]
        order = [room for room in order if (models.parent / room).is_dir()]
        defined = MetaModel._module_to_models__["complaint_management"]
        names = [model.__module__.split(".")[3:5] for model in defined]
        rooms = [room for part, room in names if part == "models"]
        self.assertEqual(rooms, sorted(rooms, key=order.index))

    def test_every_data_file_is_in_the_manifest(self):
        folder = Path(tests.__file__).parents[1]
        manifest = (folder / "__manifest__.py").read_text()
        rooms = ("data", "demo", "reports", "security", "views", "wizards")
        on_disk = [path for room in rooms for path in (folder / room).rglob("*.xml")]
        names = [path.relative_to(folder).as_posix() for path in on_disk]
        self.assertEqual([name for name in names if f'"{name}"' not in manifest], [])
