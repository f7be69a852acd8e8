"""The programme in the graph: targets in their order, and how many are enrolled under each."""

from collections import Counter

from directory.reference.programme import programme as reference
from graph import programme
from graph.transaction import Transaction
from tests.loaded_city import City


async def test_targets_are_the_rows_of_the_programme(city: City) -> None:
    """In the programme's order, each with its names, category, head count, stage, deadline and who leads."""
    found = await city.graph.read(programme.targets)
    expected = reference().groups
    assert [target.group for target in found] == [group.code for group in expected]
    for rank, (target, group) in enumerate(zip(found, expected, strict=True)):
        assert (target.name_ko, target.name_en, target.rank) == (group.name_ko, group.name_en, rank)
        assert (target.category, target.headcount, target.led_by) == (group.category, group.headcount, group.led_by)
        assert (target.stage, target.deadline) == (group.stage, group.deadline.isoformat())


async def test_everybody_is_enrolled_under_one_target(city: City) -> None:
    """The enrolled add up to everybody, group by group, and groups without anybody are left out."""
    found = await city.graph.read(programme.enrolled)
    assert found == Counter(person.group for person in city.people)
    assert sum(found.values()) == len(city.people)


async def test_people_count_where_their_first_body_does(city: City) -> None:
    """Of everybody who belongs to a body that counts towards a target, one such body has their own group."""

    async def astray(tx: Transaction) -> int:
        text = (
            "MATCH (p:Participant)-[:MEMBER_OF|SERVES_ON]->(:Body)-[:COUNTS_TOWARDS]->(t:Target) "
            "WITH p, collect(t.group) AS groups WHERE NOT p.group IN groups RETURN count(p) AS astray"
        )
        number: int = (await (await tx.run(text)).single(strict=True))["astray"]
        return number

    made_by_hand = {person.id for person in city.special.values()}
    assert await city.graph.read(astray) <= len(made_by_hand)
