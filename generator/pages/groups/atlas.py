"""The maps of the site: which areas, where each leads, what each says. Drawn once where several pages share them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.french import pluriel, sort_key, typographie
from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.pictures.map_look import COLUMN, PHONE, WIDE, Letters, Town
from generator.pictures.maps import COVERED, NOTHING, Area, Map, draw_locator, draw_map
from generator.pictures.svg import Svg
from generator.territories.kinds import Commune, Departement, Epci, Region
from generator.territories.shapes import Box, Shapes, bounds

Door = Callable[[Epci | Commune], str]
"""Where an area leads, relative to the page."""


@dataclass(frozen=True)
class Atlas:
    """The maps of one directory."""

    annuaire: Annuaire
    shapes: Shapes

    def draw_region(self, root: str, filtered: bool = False) -> Map:
        """Every EPCI. Areas lead to their page; EPCI, where asked, to the directory filtered on them."""

        def door(area: Epci | Commune) -> str:
            if filtered and isinstance(area, Epci):
                return f"{root}cops/?epci={area.code}"
            return root + area.adresse

        areas = self._make_areas(self._everywhere, door)
        widths = (PHONE, COLUMN, WIDE) if filtered else (PHONE, COLUMN)
        return self._draw_map("epci", areas, "des intercommunalités de l’annuaire", self._towns, widths)

    def draw_departement(self, departement: Departement, root: str) -> Map:
        """The EPCI that have communes there, whole; the islands without EPCI."""
        inside = [a for a in self._everywhere if departement.code in _find_departements(a)]
        members = {code for area in inside for code in (area.membres if isinstance(area, Epci) else (area.code,))}
        towns = [commune for commune in self._towns if commune.code in members]
        areas = self._make_areas(inside, lambda area: root + area.adresse)
        return self._draw_map("epci", areas, f"des intercommunalités {departement.de}", towns)

    def draw_epci(self, epci: Epci, root: str) -> Map:
        """Its communes, stronger where they have more COP of their own, hatched where only a wider COP covers them."""
        covered = {code for cop in self.annuaire.par_epci.get(epci.code, ()) for code in cop.communes}
        members = [self.annuaire.territories.communes[code] for code in epci.membres]
        inside = self.annuaire.context.in_perimeter
        areas = []
        for commune in sorted(members, key=lambda c: sort_key(c.nom)):
            count = len(self.annuaire.par_commune.get(commune.code, ()))
            state = tell_commune(count, commune.code in covered)
            areas.append(
                Area(
                    d=self.shapes.paths["communes"][commune.code],
                    href=root + commune.adresse if inside("commune", commune.code) else "",
                    label=typographie(f"{commune.nom} : {state}"),
                    count=count,
                    is_covered=not count and commune.code in covered,
                )
            )
        towns = sorted(members, key=lambda commune: -commune.population)
        return self._draw_map("communes", areas, f"des communes {epci.de}", towns)

    def _draw_map(
        self,
        level: str,
        areas: Sequence[Area],
        what: str,
        towns: Iterable[Commune],
        widths: Sequence[Letters] = (PHONE, COLUMN),
    ) -> Map:
        frame = self.shapes.frames[level]
        names = [Town(commune.nom, frame.at((commune.longitude, commune.latitude))) for commune in towns]
        label = typographie(f"Carte {what} ; une liste équivalente l’accompagne")
        return draw_map(areas, bounds(area.d for area in areas), label, names, widths)

    def draw_place(self, cop: Cop) -> Svg:
        """Where a COP is: its communes in its EPCI, or the region for a COP of a département or of the Région."""
        label = typographie(f"Carte de situation : {cop.collectivite_nom}")
        if not cop.epcis or isinstance(cop.territoire, Departement | Region):
            ground, box = self._region
            paths, frame = self.shapes.paths["departements"], self.shapes.frames["departements"]
            # The Région covers the ground whole: nothing to set apart.
            covered = "".join(paths[d.code] for d in cop.departements)
        else:
            grounds = [self.shapes.borders[epci.code] for epci in cop.epcis]
            ground, box = "".join(grounds), bounds(grounds)
            paths, frame = self.shapes.paths["communes"], self.shapes.frames["communes"]
            is_whole = len(cop.communes) == sum(len(epci.membres) for epci in cop.epcis)
            covered = "" if is_whole else "".join(paths[c] for c in cop.communes)
        place = frame.at(cop.position) if cop.position else None
        if place and not (box[0] <= place[0] <= box[2] and box[1] <= place[1] <= box[3]):
            place = None
        return draw_locator(ground, covered, place, box, label)

    def draw_commune(self, commune: Commune) -> Svg:
        """Where a commune is in its EPCI; an island that belongs to none, in its département."""
        label = typographie(f"Carte de situation : {commune.nom}")
        if commune.epci:
            ground = self.shapes.borders[commune.epci]
            return draw_locator(ground, self.shapes.paths["communes"][commune.code], None, bounds([ground]), label)
        frame, ground = self.shapes.frames["departements"], self.shapes.paths["departements"][commune.departement]
        place = frame.at((commune.longitude, commune.latitude))
        return draw_locator(ground, "", place, bounds([ground]), label)

    @cached_property
    def _region(self) -> tuple[str, Box]:
        is_whole = self.annuaire.territories.is_whole
        paths = [d for code, d in self.shapes.paths["departements"].items() if is_whole(code)]
        return "".join(paths), bounds(paths)

    @cached_property
    def _everywhere(self) -> tuple[Epci | Commune, ...]:
        """The EPCI that have a page, and the islands that belong to none: they stand on the map for themselves."""
        islands = (commune for commune in self.annuaire.communes if not commune.epci)
        return tuple(sorted((*self.annuaire.epcis, *islands), key=lambda area: sort_key(area.nom)))

    @cached_property
    def _towns(self) -> tuple[Commune, ...]:
        """Largest first."""
        return tuple(sorted(self.annuaire.territories.communes.values(), key=lambda c: (-c.population, c.code)))

    def _make_areas(self, chosen: Iterable[Epci | Commune], door: Door) -> list[Area]:
        paths = self.shapes.paths["epci"]
        return [
            Area(
                d=paths[area.code],
                href=door(area),
                label=typographie(f"{area.nom} : {tell_count(count)}"),
                count=count,
            )
            for area in chosen
            for count in [len(self.find_cops(area))]
        ]

    def find_cops(self, area: Epci | Commune) -> tuple[Cop, ...]:
        if isinstance(area, Epci):
            return self.annuaire.par_epci.get(area.code, ())
        return self.annuaire.par_commune.get(area.code, ())


def _find_departements(area: Epci | Commune) -> tuple[str, ...]:
    return area.departements if isinstance(area, Epci) else (area.departement,)


def tell_count(count: int) -> str:
    return pluriel(count, "fiche") if count else NOTHING


def tell_commune(count: int, covered: bool) -> str:
    """What a commune says on the map and in the list."""
    if count:
        return pluriel(count, "fiche de la commune", "fiches de la commune")
    return COVERED if covered else NOTHING
