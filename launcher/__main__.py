"""Commands of the launcher: ``python3 -m launcher COMMAND``; see ``make help``."""

from __future__ import annotations

import argparse
import shlex
import sys

from . import python_env
from .report import Problem


def main() -> int:
    """Read the command line and run one command; problems come out as one line."""
    parser = argparse.ArgumentParser(prog="launcher", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    env = commands.add_parser("env", help="print shell variables for working with Odoo")
    env.add_argument("--no-browser", action="store_true", help="do not fetch Chromium")
    quick = commands.add_parser("quick", help="install or update the addon and run its tests")
    quick.add_argument("name", help="database to use; yours alone")
    quick.add_argument("--tags", help="Odoo test tags (default: all of the addon)")
    quick.add_argument("--update", action="store_true", help="keep the database, update the addon")
    quick.add_argument("--template", default="bare", help="bare (default), full or demo")
    quick.add_argument("--log-level", default="info")
    quick.add_argument("--no-tests", action="store_true", help="install or update only")
    quick.add_argument("rest", nargs="*", help="after --: further options for Odoo")
    template = commands.add_parser("template", help="build template databases")
    template.add_argument("kinds", nargs="*", default=["bare", "full", "demo"])
    demo = commands.add_parser("demo", help="prepare and serve the demo")
    demo.add_argument("--no-serve", action="store_true", help="stop after the documents")
    commands.add_parser("test", help="run all tests on two databases")
    commands.add_parser("lint", help="run every linter")
    formatter = commands.add_parser("format", help="let the linters mend what they can")
    formatter.add_argument("paths", nargs="*", help="only these files or folders")
    bench = commands.add_parser("bench", help="measure speed")
    bench.add_argument("only", nargs="?", help="part of a script's name")
    commands.add_parser("stop", help="stop what this checkout started")
    clean = commands.add_parser("clean", help="remove what the launcher made")
    clean.add_argument("--all", action="store_true", help="the shared downloads too")

    arguments = parser.parse_args()
    try:
        python_env.use_supported_python()
        return globals()[f"_{arguments.command}"](arguments) or 0
    except Problem as problem:
        print(f"launcher: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _env(arguments: argparse.Namespace) -> None:
    from . import runtime

    for name, value in runtime.environment(with_browser=not arguments.no_browser).items():
        print(f"export {name}={shlex.quote(value)}")


def _quick(arguments: argparse.Namespace) -> int:
    from . import quick

    return quick.run(arguments)


def _template(arguments: argparse.Namespace) -> None:
    from . import databases

    for kind in arguments.kinds:
        print(databases.template(kind))


def _demo(arguments: argparse.Namespace) -> int:
    from . import demo

    return demo.run(serve=not arguments.no_serve)


def _test(arguments: argparse.Namespace) -> int:
    from . import testing

    return testing.run()


def _lint(arguments: argparse.Namespace) -> int:
    from . import lint

    return lint.check()


def _format(arguments: argparse.Namespace) -> int:
    from . import lint

    return lint.format_all(arguments.paths)


def _bench(arguments: argparse.Namespace) -> int:
    from . import bench

    return bench.run(arguments.only)


def _clean(arguments: argparse.Namespace) -> None:
    from . import cleaning

    cleaning.run(arguments.all)


def _stop(arguments: argparse.Namespace) -> None:
    from . import processes

    for line in processes.stop_all() or ["nothing was running"]:
        print(f"stopped {line}" if "(" in line else line)


if __name__ == "__main__":
    sys.exit(main())
