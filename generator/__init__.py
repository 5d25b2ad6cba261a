"""Un annuaire de COP locales : des fichiers YAML à un site, sans autre étape."""
