"""From the repository to site/: the build, its recipe, the index, the preview."""
