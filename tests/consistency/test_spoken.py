"""Whatever can be said is in the reader's language: no sentence in the sources is left in English alone."""

import ast
import re
from collections.abc import Iterator

import pytest

from przystan.project.messages import PACKAGE

TRANSLATES = {
    *("_", "gettext", "ngettext", "pgettext", "npgettext", "gettext_noop"),
    *("gettext_lazy", "ngettext_lazy", "pgettext_lazy", "npgettext_lazy"),
}
# What these get is read by whoever typed the command, down to the last word.
SAYS = {"Trouble", "print", "say", "ArgumentTypeError"}
SAID = {"help", "metavar"}
# What these get has other readers: the log, which is English, PostgreSQL, the audit log's codes, and programmers.
SILENT = {
    *("debug", "info", "warning", "exception", "execute", "system", "acting"),
    *("RuntimeError", "ValueError", "TypeError", "ConnectionError", "TransactionManagementError", "Error"),
    *("UnscopedQuery", "LockedDoor", "WriteOnRead", "OutOfTime", "Forbidden"),
}
SENTENCE = re.compile(r"^\W*[^\W\d_]+( [a-z’'-]+){2,}|^[A-Z][a-z]+ [a-z].*[.:?]$")
WORD = re.compile(r"[A-Za-z]{3,}")
# Files of words that nobody is told, or that are told otherwise on purpose.
# What the invented people of a demo were told is Polish: `demo` is left out whole.
KNOWN = {
    "access/headers.py": "for browsers",
    "access/tiers.py": "for programmers: what protecting does",
    "exchange/rules/": "words of spreadsheets",
    "kernel/dates.py": "words of dates",
    "kernel/names/": "words of names",
    "people/checks.py": "for programmers: what a model must declare",
    "project/cli/access.py": "writes docs/access.md, a page in English",
    "project/messages.py": "heads of the catalogues",
}
FOREIGN = {
    *("No space left on device", "No such file or directory", "not yet accepting", "closed the connection"),
    *("too many clients", "time without time zone", "age1…"),  # of PostgreSQL, and of age
    *("przystan: ", "audit-", "ended from outside", "killed by signal "),  # before a sentence, a number, in the log
}


def english_only(node: ast.AST, said: bool = False) -> Iterator[tuple[int, str]]:
    """(line, text) of what could be said and no translator has seen."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and (WORD if said else SENTENCE).search(node.value):
            yield node.lineno, node.value
        return
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in TRANSLATES | SILENT:
            return
        said = said or name in SAYS
    if isinstance(node, ast.keyword):
        said = node.arg in SAID
    for child in heard(node):
        yield from english_only(child, said)


def heard(node: ast.AST) -> Iterator[ast.AST]:
    """Parts of the code that can become words: no docstring, `class Privacy`, name of a value, index or comparison."""
    if isinstance(node, ast.Dict):
        yield from node.values
    elif isinstance(node, ast.Subscript):
        yield node.value
    elif isinstance(node, ast.Assert):
        yield node.test
    elif not (
        isinstance(node, ast.Compare)
        or (isinstance(node, ast.ClassDef) and node.name == "Privacy")
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ):
        yield from ast.iter_child_nodes(node)


def test_no_sentence_is_left_in_english_alone() -> None:
    left = [
        f"{path.relative_to(PACKAGE)}:{line}: {text[:100]}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if not {"migrations", "demo", "demo.py"} & {*path.parts}
        and not str(path.relative_to(PACKAGE)).startswith(tuple(KNOWN))
        for line, text in english_only(ast.parse(path.read_text()))
        if text not in FOREIGN
    ]
    assert not left, "give it to gettext (CONTRIBUTING.md)\n" + "\n".join(left)


@pytest.mark.parametrize(
    "source",
    [
        'raise Trouble(f"Port {port} is taken.", Exit.PORT)',
        'said = "There is no such file."',
        'def faults():\n    yield f"{count} keys are still closed by an older file"',
        'print("rows")',
        'parser.add_argument("--x", help="where to")',
        'class Wrong(Enum):\n    HEAD = "does not fit the head of the chain"',
    ],
)
def test_a_sentence_in_english_alone_is_found(source: str) -> None:
    assert list(english_only(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        '"""What it does for whom."""',
        'raise Trouble(_("Port %(port)d is taken.") % {"port": port}, Exit.PORT)',
        'log.warning("still starting, %.0f s so far", spent)',
        'if "does not exist" in words:\n    pass',
    ],
)
def test_what_nobody_is_told_may_be_english(source: str) -> None:
    assert not list(english_only(ast.parse(source)))
