"""Incidents to assessments: origins, ranges, contradictions and a suggested grade, each with its reasons."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from corroborate.knowledge.parties import Parties
from corroborate.model import Claim, Cluster, Document, Grade, Incident, Link, SharedText, incident_id
from corroborate.weigh.case import Case, holds, tokens
from corroborate.weigh.contradictions import contradictions
from corroborate.weigh.facts import Fact, facts
from corroborate.weigh.grades import grade, strike_status
from corroborate.weigh.origins import Origins, count_origins
from corroborate.weigh.ranges import counts, harm
from corroborate.weigh.summary import alleged_actors, event_type, when, where
from corroborate.weigh.travelled import travelled

__all__ = ["weigh"]


def weigh(
    clusters: Sequence[Cluster],
    documents: Sequence[Document],
    claims: Sequence[Claim],
    shared: Sequence[SharedText],
    links: Sequence[Link] = (),
    *,
    parties: Parties | None = None,
    scheme: str | None = None,
    ranges: str | None = None,
    reliability: Mapping[str, str] | None = None,
) -> tuple[Incident, ...]:
    """Return one assessed incident for each cluster, in the order of their ids.

    `parties` is the register (the package's own where none is given), `scheme` the scheme of the grade and `ranges` the
    rule of the ranges (the defaults of knowledge/grades.toml and ranges.toml where none is given), `reliability` the
    letters A to F that people set, by the name of the source in lower case. The order of the input changes nothing. A
    grade is null where no claim says that it happened. Raises CorroborateError E501 for a scheme or a rule that is not
    known.
    """
    by_document = {document.id: document for document in documents}
    by_claim = {claim.id: claim for claim in claims}
    register = parties or Parties.load()
    laid: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: claim.id):
        if claim.voice == "attributed":
            laid[claim.document].append(claim)
    cases = [_case(cluster, by_claim, by_document, shared, register, laid) for cluster in clusters]
    origins = [count_origins(case) for case in cases]
    ids = [incident_id([cluster.founder] if cluster.founder else cluster.claims) for cluster in clusters]
    of_claim = {claim: number for number, cluster in enumerate(clusters) for claim in cluster.claims}
    between = [found for found in links if of_claim.get(found.a) != of_claim.get(found.b)]
    incidents = []
    for number, (cluster, case, own) in enumerate(zip(clusters, cases, origins, strict=True)):
        found = counts(case, own)
        within = contradictions(case, own, found)
        known = facts(case, own, found, within)
        kind = event_type(case)
        incidents.append(
            Incident(
                id=ids[number],
                claims=tuple(sorted(cluster.claims)),
                aggregate=cluster.aggregate,
                contains=tuple(sorted(ids[position] for position in cluster.contains)),
                type=kind,
                where=where(case, within),
                when=when(case, within),
                harm=harm(found, own, ranges),
                alleged_actors=alleged_actors(case),
                strike_status=strike_status(known, kind) if not cluster.aggregate else None,
                origins=tuple(mouth.origin for mouth in own.mouths),
                independent_origins=own.count,
                contradictions=within + travelled(number, cases, origins, of_claim, between),
                grade=_grade(case, own, known, scheme, reliability),
            )
        )
    return tuple(sorted(incidents, key=lambda incident: incident.id))


def _grade(
    case: Case,
    origins: Origins,
    known: Mapping[str, Fact],
    scheme: str | None,
    reliability: Mapping[str, str] | None,
) -> Grade | None:
    """Return the grade of what some claim says that it happened."""
    told = {claim.id for claim in case.claims if holds(claim)}
    if not told:
        return None
    telling = [mouth.origin for mouth in origins.mouths if mouth.shown and told & set(mouth.origin.claims)]
    return grade(known, scheme, telling, reliability)


def _case(
    cluster: Cluster,
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    shared: Sequence[SharedText],
    register: Parties,
    laid: Mapping[str, Sequence[Claim]],
) -> Case:
    own = tuple(claims[claim] for claim in sorted(cluster.claims))
    ids = {claim.document for claim in own}
    return Case(
        claims=own,
        aggregate=cluster.aggregate,
        documents={document: documents[document] for document in sorted(ids)},
        shared=tuple(pair for pair in shared if pair.a in ids and pair.b in ids),
        parties=register,
        beside=tuple(
            claim for document in sorted(ids) for claim in laid.get(document, ()) if claim.id not in cluster.claims
        ),
        organisations=frozenset(
            tuple(sorted(tokens(hop.name))) for claim in own for hop in claim.chain if hop.kind == "organisation"
        ),
    )
