"""What the two commands that ask other sites share: how they visit them."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from generator.repository.settings import Settings
    from generator.upkeep.links.fetching import Manner
    from generator.upkeep.links.visits import Pace

local_option = click.option(
    "--autoriser-local", "local", is_flag=True, hidden=True, help="Visiter aussi cette machine (essais)."
)


def choose_visits(settings: "Settings", purpose: str, local: bool) -> "tuple[Manner, Pace]":
    """How the sites of others are visited, and for what; `local`: this machine too, without waiting."""
    from generator.upkeep.links.examination import agent_name
    from generator.upkeep.links.fetching import Manner
    from generator.upkeep.links.visits import Pace

    agent = agent_name(settings, purpose)
    return (Manner(agent, allowed=lambda _address: True), Pace(delay=0)) if local else (Manner(agent), Pace())
