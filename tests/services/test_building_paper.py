from gridworker.services import building_paper
from gridworker.services.building_page import BuildingPage, Door, warmth


def door(unit, room, floor, days, needs=0):
    return Door(1, unit, room, "何静文", "normal", floor, empty=False, days=days, needs=needs)


def test_doors_lie_by_floor_and_unit_and_nobody_is_named(open_copy):
    doors = (door("1", "101", 1, 3), door("1", "201", 2, None), door("2", "102", 1, 70, needs=2))
    paper = building_paper.paper(open_copy("worker"), BuildingPage("金江西苑3栋", 5, doors, (), (), None, ()))
    heads, second, first = ([cell.text for cell in row.cells] for row in paper.rows)
    assert heads == ["", "1单元", "2单元"]
    assert second == ["2层", "201\n未见面", ""]
    assert first == ["1层", "101\n3天前", "102\n70天前 诉求2"]
    assert [cell.heat for cell in paper.rows[2].cells] == [0, 5, 1]
    assert "何静文" not in paper.text()


def test_houses_without_floors_stand_in_rows(open_copy):
    doors = tuple(door("", str(n), None, n) for n in range(1, 11))
    paper = building_paper.paper(open_copy("worker"), BuildingPage("响山寺村", 10, doors, (), (), None, ()))
    assert [sum(bool(cell.text) for cell in row.cells) for row in paper.rows] == [8, 2]


def test_a_door_cools_down():
    assert [warmth(days) for days in (None, 0, 7, 8, 14, 30, 60, 61, 400)] == [0, 5, 5, 4, 4, 3, 2, 1, 1]
