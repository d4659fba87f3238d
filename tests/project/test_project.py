"""The promises of the project's own files: what installs, what is checked, what lies where."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE))


def declared(requirements: list[str]) -> dict[str, str]:
    """Name and version of exact pins; fails on anything else."""
    found = [re.fullmatch(r"([a-z0-9.-]+)(?:\[[a-z,]+\])?==(\S+)", each) for each in requirements]
    assert all(found), requirements
    return {match[1]: match[2] for match in found if match}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_file_has_a_hash_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        head, *hashes = [
            line.strip().removesuffix("\\").strip() for line in requirement.split("\n")
        ]
        assert re.fullmatch(r"[a-z0-9.-]+==[^\s;]+( ; .+)?", head), head
        assert hashes, head
        for line in hashes:
            assert re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line), line
    assert "://" not in text
    assert "index" not in text


def test_there_are_the_locks_that_make_uses() -> None:
    assert {lock.name for lock in LOCKS} == {"dev.txt", "lock.txt", "run.txt"}
    for lock in LOCKS:
        assert f"--require-hashes -r requirements/{lock.name}" in MAKEFILE


def test_the_locks_hold_what_the_project_declares() -> None:
    project, groups = PYPROJECT["project"], PYPROJECT["dependency-groups"]
    run = {
        **declared(project["dependencies"]),
        **declared(project["optional-dependencies"]["postgres"]),
        **declared(groups["build"]),
    }
    assert run.items() <= pins("run.txt").items()
    assert declared(groups["dev"]).items() <= pins("dev.txt").items()
    assert declared(PYPROJECT["build-system"]["requires"]) == declared(groups["build"])


def test_development_has_the_versions_that_run() -> None:
    assert pins("run.txt").items() <= pins("dev.txt").items()


def test_every_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for line in re.findall(r'^ +"[a-z0-9.\[\],-]+==.*$', text, re.MULTILINE):
        assert re.search(r", +# \S+ ", line), line


def test_every_silenced_lint_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = text[text.index("ignore = [") : text.index("[tool.ruff.lint.pylint]")]
    for line in section.splitlines():
        if re.search(r'"[A-Z]+\d+"', line):
            assert re.search(r"# \S+ ", line), line


@pytest.mark.parametrize(
    "target",
    ["help", "demo", "run", "test", "check", "bench", "messages", "voices", "lock", "clean"],
)
def test_make_knows_the_target(target: str) -> None:
    assert re.search(rf"^{target}:.*## \S", MAKEFILE, re.MULTILINE)
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"make {target} " in listed.stdout


def test_check_runs_every_gate() -> None:
    recipe = MAKEFILE[MAKEFILE.index("\ncheck:") :].split("\n\n")[0]
    for gate in ("ruff format --check", "ruff check", "basedpyright", "lint-imports",
                 "bot.i18n.catalogue check", " test"):  # fmt: skip
        assert gate in recipe, gate


def test_ci_runs_check_and_asks_nobody() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    text = script.read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in text
    assert "</dev/null" in text
    assert text.rstrip().endswith("make check")


@pytest.mark.parametrize(
    "folder",
    [
        "bot",
        "handlers",
        "simulator",
        "migrations",
        "locales",
        "tests",
        "benchmarks",
        "docs",
        "deploy",
    ],
)
def test_the_folder_is_where_people_look_for_it(folder: str) -> None:
    assert any((ROOT / folder).iterdir())


@pytest.mark.parametrize("package", ["bot", "handlers", "simulator", "migrations", "locales"])
def test_the_wheel_carries_what_runs(package: str) -> None:
    assert package in PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]


def contracts() -> dict[str, Any]:
    return {each["id"]: each for each in PYPROJECT["tool"]["importlinter"]["contracts"]}


def test_every_package_of_the_bot_has_its_layer() -> None:
    layers = " ".join(contracts()["layers"]["layers"])
    leaves = contracts()["leaves"]["source_modules"]
    for path in (ROOT / "bot").iterdir():
        name = f"bot.{path.stem}"
        if path.name.startswith(("__", ".")) or (path.is_dir() and not any(path.rglob("*.py"))):
            continue
        assert re.search(rf"\b{name}\b", layers) or name in leaves, f"{name} has no layer"


# What turns SQL into rows; every other module of bot/storage is an aggregate.
MACHINERY = {
    "backups", "cipher", "database", "engine", "errors", "leadership", "postgres", "rows",
    "schema", "sql", "sqlite", "tx", "sqlite_file", "postgres_server",
}  # fmt: skip


def test_every_aggregate_is_kept_from_the_database() -> None:
    modules = {path.stem for path in (ROOT / "bot" / "storage").glob("[!_]*.py")} - MACHINERY
    aggregates = {f"bot.storage.{name}" for name in modules}
    assert aggregates == set(contracts()["aggregates"]["source_modules"])
    assert aggregates == set(contracts()["aggregates-apart"]["modules"])


def test_every_audience_is_kept_apart() -> None:
    audiences = {
        f"handlers.{path.name}"
        for path in (ROOT / "handlers").iterdir()
        if path.is_dir() and any(path.glob("*.py")) and path.name != "common"
    }
    assert audiences == set(contracts()["audiences"]["modules"])


def test_the_licence_is_complete() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.lstrip().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    for article in range(1, 16):
        assert re.search(rf"^{article}\. [A-Z]", text, re.MULTILINE), article
    assert text.rstrip().endswith("EUPL version.")


def test_the_service_unit_is_hardened() -> None:
    unit = (ROOT / "deploy" / "lotse.service").read_text(encoding="utf-8")
    for line in ("User=lotse", "ProtectSystem=strict", "StateDirectory=lotse", "Restart=on-failure",
                 "EnvironmentFile=/etc/lotse.env", "NoNewPrivileges=yes"):  # fmt: skip
        assert f"\n{line}\n" in unit, line
