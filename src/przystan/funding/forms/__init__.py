"""Forms about programmes. They check shapes; the actions decide and write."""

from .moving import MoveForm
from .programmes import FileForm, IndicatorForm, LimitForm, ProgrammeForm
from .rule_tree import Branch, Twig, from_post, from_rule, node_at

__all__ = [
    "Branch",
    "FileForm",
    "IndicatorForm",
    "LimitForm",
    "MoveForm",
    "ProgrammeForm",
    "Twig",
    "from_post",
    "from_rule",
    "node_at",
]
