"""The page of a COP, and the redirections from its former addresses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator import french
from generator.model.actualite import Actualite
from generator.model.agenda import calendar_of
from generator.model.cop import Cop
from generator.model.fields import Document, Engagement, Pilier
from generator.model.formation import Formation
from generator.model.neighbours import NEAR_WITHIN, keep_near
from generator.model.others import OtherFact
from generator.model.signs import find_last_sign
from generator.pages import changes, jsonld
from generator.pages.agenda import meetings
from generator.pages.agenda.meetings import Meeting, PastMeeting
from generator.pages.entries import cop_facts, doors, posters, records
from generator.pages.entries.doors import Doors
from generator.pages.entries.facts import Fact, Status, state_cop, state_progress, tell_check_whole
from generator.pages.entries.posters import Poster
from generator.pages.frame.page import Page, RedirectionPage, redirect
from generator.pages.frame.share import find_share
from generator.pages.groups import lists
from generator.pages.groups.lists import College, Near
from generator.pages.jsonld import LinkedData
from generator.pages.site import Site, Step
from generator.pictures.seats import draw_bar, draw_seats
from generator.pictures.svg import Svg
from generator.territories.kinds import Departement, Epci, Region, Territoire, Wide


@dataclass(frozen=True, slots=True)
class Seats:
    """Who sits, college by college: rows of dots, or one bar where they are many."""

    rows: tuple[tuple[str, Svg], ...]  # « 8 élus » and its dots
    bar: Svg | None
    words: str  # beside the bar: « 40 élus et 60 habitants »


@dataclass(frozen=True, slots=True)
class Pillar:
    """A pillar of the Pacte de la Coopération."""

    name: str
    status: Status | None  # None where the file says nothing of it
    url: str


@dataclass(frozen=True, slots=True)
class EngagementRow:
    """What a COP has undertaken, and where it stands."""

    title: str
    url: str | None
    marks: str  # « Climat et énergie · échéance : 2027 »
    result: str  # « résultat : … », or empty
    status: Status


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document, with its kind and date."""

    title: str
    url: str
    note: str  # « compte rendu, mars 2026 », or empty


@dataclass(frozen=True, slots=True)
class CopPage:
    """What the page of a COP shows beside what its file says."""

    cop: Cop
    status: Status
    type_words: str
    place: str  # « Quimperlé (Finistère) »
    check_words: str  # « fiche vérifiée le 3 mars 2026 », or when and from what it was written
    last_sign: str  # « dernier signe : compte rendu du 3 mars 2026 », or that none is dated; empty once it is over
    trail: tuple[Step, ...]  # pages of its territories, the widest first
    doors: Doors
    successor: Cop | None
    term_years: str  # « 2020–2026 » of the term that is over, where the file says it
    term_end: str  # « mars 2026 » where a municipal term is over, else empty
    join: Fact
    contact: Fact
    next_meeting: Meeting | None
    map: Svg
    dot: Svg  # its point among the thousand
    seats: Seats | None
    sentence: str  # « Huit élus et huit associations ; elle se réunit chaque mois. », or empty
    who_sits: tuple[str, ...]  # « Les membres sont choisis par tirage au sort. »
    frame: tuple[Fact, ...]
    missing: str  # all that the file does not say yet, or empty
    pillars: tuple[Pillar, ...]
    engagements: tuple[EngagementRow, ...]
    meetings: tuple[Meeting, ...]
    past_meetings: tuple[PastMeeting, ...]
    calendar: str  # path of its calendar, empty without any date
    documents: tuple[DocumentRow, ...]
    formations: tuple[Formation, ...]
    actualites: tuple[Actualite, ...]
    last_change: str  # « Fiche modifiée le 3 mars 2026 : rencontres », or empty
    source_words: str  # « La collectivité elle-même », where no source is named
    is_written_by_others: bool  # from a public source, without the collectivité
    neighbours: tuple[Near, ...]
    near_within: int  # km
    others: tuple[OtherFact, ...]  # what its file says under keys that have no place of their own
    poster: Poster | None
    qr: Svg | None  # of its address, for paper
    linked_data: LinkedData


def make_page(site: Site, cop: Cop) -> Page:
    make, record = partial(_make_content, site, cop), partial(records.record_cop, site, cop)
    day = changes.find_last_day(site, "cop", cop.id, max(cop.inscrite_le, cop.verifiee))
    return Page(
        cop.adresse,
        "cop.html",
        cop.nom,
        cop.resume,
        make,
        make_record=record,
        modified=day,
        share=find_share(_find_around(cop)),
    )


def _find_around(cop: Cop) -> Wide | None:
    """The territory that carries it, or the one around its commune."""
    match cop.territoire:
        case Epci() | Departement() | Region() as territory:
            return territory
    around: list[Epci | Departement] = [*cop.epcis, *cop.departements]
    return around[0] if around else None


def make_redirections(cop: Cop) -> Iterator[Page]:
    """An address that was published stays good."""
    for old_id in cop.anciens_ids:
        description = f"Cette fiche est maintenant à l’adresse {cop.adresse}"
        content = RedirectionPage("Cette fiche a changé d’adresse", cop.nom, cop.adresse)
        yield redirect(f"cops/{old_id}/", cop.nom, description, content)


def _make_content(site: Site, cop: Cop) -> CopPage:
    annuaire, words = site.annuaire, site.words
    around: list[Territoire] = [*cop.departements[:1], *cop.epcis[:1]]
    trail = tuple(Step(territory.nom, territory.adresse) for territory in around)
    steps = [Step("Annuaire", "cops/"), *trail, Step(cop.nom, cop.adresse)]
    coming = meetings.list_meetings(site, cop)
    source = cop.fiche.source if cop.fiche else None
    frame = cop_facts.tell_frame(cop, words)
    return CopPage(
        cop=cop,
        status=state_cop(cop, site.labels),
        type_words=words.say_kind(cop),
        place=tell_place_of(cop),
        check_words=tell_check_whole(cop),
        last_sign="" if cop.finie else tell_last_sign(site, cop),
        trail=trail,
        doors=doors.find_doors(site, cop),
        successor=annuaire.par_id.get(cop.remplacee_par or ""),
        term_years=_tell_term_years(cop),
        term_end=french.date_longue(annuaire.context.last_term_end[:7]) if cop.mandat_echu else "",
        join=cop_facts.tell_how_to_join(cop, words),
        contact=cop_facts.tell_contact(cop),
        next_meeting=meetings.find_next(coming),
        map=site.atlas.draw_place(cop),
        dot=site.draw_dot(cop),
        seats=_draw_seats(lists.list_colleges(cop)),
        sentence=cop_facts.tell_in_a_sentence(cop, words),
        who_sits=cop_facts.tell_who_sits(cop, words),
        frame=tuple(fact for fact in frame if fact.lines),
        missing=cop_facts.tell_missing(cop, frame, words),
        pillars=tuple(_list_pillars(site, cop)),
        engagements=tuple(_make_engagement(site, engagement) for engagement in cop.engagements),
        meetings=coming,
        past_meetings=meetings.list_past(cop),
        calendar=calendar_of(cop.adresse) if cop.adresse in site.agenda.par_page else "",
        documents=tuple(_make_document(site, document) for document in cop.documents),
        formations=tuple(annuaire.formations_par_id[name] for name in cop.formations),
        actualites=annuaire.actualites_par_cop.get(cop.id, ()),
        last_change=changes.tell_last_change(site, "cop", cop.id),
        source_words=words.say("cop.fiche.source", source),
        is_written_by_others=cop.sans_la_collectivite,
        neighbours=lists.tell_near(keep_near(annuaire.voisines(cop))),
        near_within=NEAR_WITHIN,
        others=site.list_other_facts("cop", cop.donnees),
        qr=posters.make_qr(site, cop),
        poster=posters.make_poster_of_cop(site, cop),
        linked_data=_describe(site, cop, steps),
    )


def _describe(site: Site, cop: Cop, steps: Sequence[Step]) -> LinkedData:
    about = (jsonld.describe_cop(site, cop), jsonld.describe_breadcrumb(site, steps))
    return jsonld.dump(*about, *jsonld.describe_meetings(site, cop))


def tell_place_of(cop: Cop) -> str:
    """`Quimperlé (Finistère)`; with every département where it lies, and every EPCI of a council of several."""
    where = french.enumeration(departement.nom for departement in cop.departements)
    if not where or isinstance(cop.territoire, Departement | Region):
        return cop.collectivite_nom
    names = [epci.nom for epci in cop.epcis] if len(cop.epcis) > 1 else [cop.collectivite_nom]
    return f"{french.enumeration(names)} ({where})"


def tell_last_sign(site: Site, cop: Cop) -> str:
    sign = find_last_sign(site.annuaire, cop)
    return french.typographie(f"dernier signe : {sign.words}") if sign else "aucun signe daté"


def _tell_term_years(cop: Cop) -> str:
    if not (cop.mandat and cop.mandat.debut and cop.mandat.fin):
        return ""
    return f"{cop.mandat.debut[:4]}–{cop.mandat.fin[:4]}"


def _draw_seats(colleges: tuple[College, ...]) -> Seats | None:
    if not colleges:
        return None
    if sum(college.count for college in colleges) <= lists.SEATS_AS_DOTS:
        return Seats(tuple((college.words, draw_seats(college.count, college.rank)) for college in colleges), None, "")
    text = french.enumeration(college.words for college in colleges)
    return Seats((), draw_bar([college.count for college in colleges]), text)


def _list_pillars(site: Site, cop: Cop) -> Iterator[Pillar]:
    if cop.pacte:
        for key in site.labels.field("cop.pacte.piliers").children:
            pillar: Pilier | None = getattr(cop.pacte.piliers, key)
            path = f"cop.pacte.piliers.{key}.etat"
            status = state_progress(path, pillar.etat, site.labels) if pillar else None
            yield Pillar(key.capitalize(), status, (pillar and pillar.url) or "")


def _make_engagement(site: Site, engagement: Engagement) -> EngagementRow:
    theme = site.labels.of("cop.themes", engagement.theme) if engagement.theme else ""
    deadline = f"échéance : {french.date_longue(engagement.echeance)}" if engagement.echeance else ""
    status = state_progress("cop.engagements.statut", engagement.statut, site.labels)
    return EngagementRow(
        engagement.titre,
        engagement.url,
        " · ".join(filter(None, (theme, deadline))),
        f"résultat : {engagement.resultat}" if engagement.resultat else "",
        status,
    )


def _make_document(site: Site, document: Document) -> DocumentRow:
    kind = site.labels.of("cop.documents.type", document.type) if document.type else ""
    day = french.date_longue(document.date) if document.date else ""
    return DocumentRow(document.titre, document.url, ", ".join(filter(None, (kind, day))))
