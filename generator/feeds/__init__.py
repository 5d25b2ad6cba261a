"""What people and programs subscribe to: RSS, Atom, JSON Feed, iCalendar."""
