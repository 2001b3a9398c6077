"""Data sets, features, splitting, and the reading of a table that a person has edited. NumPy only."""

from playground.data.asked import Asked, asked_columns, outside, read_asked
from playground.data.csvfile import MAX_BYTES, Sheet, read_sheet, write_csv
from playground.data.datasets import DATASETS, NOISE, SAMPLES, Preset
from playground.data.features import FEATURES, Feature, apply_features, feature_labels
from playground.data.measures import MEASURES, Measure
from playground.data.plane import MARGIN, Domain, Grid, domain, grid
from playground.data.reading import MAX_ROWS, Problem, TableError, read_table
from playground.data.roles import Roles, guess, holds_classes, to_table
from playground.data.scaling import Scaling, as_it_is, standardising
from playground.data.split import split
from playground.data.table import Table
from playground.data.targets import TARGETS, TASKS, Task, decided, span, targets, task, threshold

__all__ = [
    "DATASETS",
    "FEATURES",
    "MARGIN",
    "MAX_BYTES",
    "MAX_ROWS",
    "MEASURES",
    "NOISE",
    "SAMPLES",
    "TARGETS",
    "TASKS",
    "Asked",
    "Domain",
    "Feature",
    "Grid",
    "Measure",
    "Preset",
    "Problem",
    "Roles",
    "Scaling",
    "Sheet",
    "Table",
    "TableError",
    "Task",
    "apply_features",
    "as_it_is",
    "asked_columns",
    "decided",
    "domain",
    "feature_labels",
    "grid",
    "guess",
    "holds_classes",
    "outside",
    "read_asked",
    "read_sheet",
    "read_table",
    "span",
    "split",
    "standardising",
    "targets",
    "task",
    "threshold",
    "to_table",
    "write_csv",
]
