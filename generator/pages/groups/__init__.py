"""The pages that gather COP: territories, themes, types."""
