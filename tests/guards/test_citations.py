"""Whatever code, tests and documents cite can be found: places in the report, security checks, documents and their headings."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
READ = {".py", ".md", ".html", ".toml", ".js", ".scss", ".yml", ".sh", ""}
GUIDES = ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/security.md", "docs/report.md")

NOT_OURS = re.compile(r"# noqa.*|(?<=\")[A-Z]{1,4}\d{3}(?=\")")  # the names of a linter's rules
OF_REPORT = re.compile(r"(?<![\w#&.])[SN]\d+(?:-\d+)?\b")
CHECK = re.compile(r"(?:(docs/security\.md), )?\b[Cc]hecks? (\d+(?:(?:, | and )\d+)*)")
DOCUMENT = re.compile(r"[\w./-]*[\w-]\.md\b")
DECISION = re.compile(r"docs/adr/(\d{4})")
HEADING = re.compile(r"((?:docs/)?[\w-]+\.md), \"([^\"]+)\"")
LINK = re.compile(r"\]\((?!https?:)([^)\s]+)\)")
PATH = re.compile(r"`([\w.-]+/[\w./-]+)`")


def sources() -> Iterator[tuple[Path, str]]:
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    for name in sorted(set(listed.split("\n"))):
        file = ROOT / name
        if file.is_file() and file.suffix in READ:
            yield Path(name), NOT_OURS.sub("", file.read_text())


SOURCES = list(sources())


def table(document: str) -> list[list[str]]:
    """The cells of the document's tables, row by row; their heads and rules left out."""
    lines = [line for line in (ROOT / document).read_text().split("\n") if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def found(pattern: re.Pattern[str]) -> set[tuple[Path, str]]:
    return {(file, hit[0]) for file, text in SOURCES for hit in pattern.finditer(text)}


def headings(document: str) -> set[str]:
    return set(re.findall(r"^#+ (.+)$", (ROOT / document).read_text(), re.MULTILINE))


def resolves(name: str, cited_in: Path) -> bool:
    return (ROOT / name).exists() or (ROOT / cited_in.parent / name).exists()


def test_every_place_in_the_report_is_told_of_and_every_one_told_of_is_used() -> None:
    told = {code for row in table("docs/report.md") for code in row[0].split(", ") if OF_REPORT.fullmatch(code)}
    cited = {code for file, code in found(OF_REPORT) if file != Path("docs/report.md")}
    assert (cited - told, told - cited) == (set(), set())


def test_every_check_is_cited_by_the_tests_that_it_names_and_by_no_others() -> None:
    named = {int(row[0]): set(PATH.findall(row[2])) for row in table("docs/security.md") if row[0].isdigit()}
    citing: dict[int, set[str]] = {number: set() for number in named}
    for file, text in SOURCES:
        if file.parts[0] == "tests":
            for hit in CHECK.finditer(text):
                for number in re.findall(r"\d+", hit[2]):
                    citing.setdefault(int(number), set()).add(file.as_posix())
    assert citing == named
    assert all(named.values())


def test_a_check_is_cited_with_its_document() -> None:
    loose = [
        (file.as_posix(), hit[0])
        for file, text in SOURCES
        if file.suffix != ".md"
        for hit in CHECK.finditer(text)
        if not hit[1]
    ]
    assert loose == []


def test_every_document_that_is_named_exists() -> None:
    assert {(file, name) for file, name in found(DOCUMENT) if not resolves(name, file)} == set()


def test_every_decision_that_is_cited_has_a_page() -> None:
    assert {name for _file, name in found(DECISION) if not list(ROOT.glob(f"{name}-*.md"))} == set()


def test_every_heading_that_is_cited_stands_in_its_document() -> None:
    cited = {(hit[1], hit[2]) for _file, text in SOURCES for hit in HEADING.finditer(text)}
    assert cited
    assert {(document, heading) for document, heading in cited if heading not in headings(document)} == set()


@pytest.mark.parametrize("document", [file for file, _text in SOURCES if file.suffix == ".md"], ids=str)
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    for target in LINK.findall((ROOT / document).read_text()):
        name, _hash, anchor = target.partition("#")
        assert resolves(name, document), target
        if anchor:
            known = {heading.lower().replace(" ", "-") for heading in headings(name or document.as_posix())}
            assert anchor in known, target


@pytest.mark.parametrize("document", GUIDES)
def test_every_path_that_leads_a_newcomer_exists(document: str) -> None:
    assert [path for path in PATH.findall((ROOT / document).read_text()) if not resolves(path, Path(document))] == []
