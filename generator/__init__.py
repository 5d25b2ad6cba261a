"""L’annuaire des 1 000 COP : des fichiers YAML à un site, sans autre étape."""
