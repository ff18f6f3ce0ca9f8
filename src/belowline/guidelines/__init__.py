"""The rules of the house: read from files, checked, fingerprinted."""

from belowline.guidelines.load import LABELS, FolderCheck, check_folder, load_guidelines

__all__ = ["LABELS", "FolderCheck", "check_folder", "load_guidelines"]
