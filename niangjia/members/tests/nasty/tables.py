"""How whole tables are laid out: titles, two rows of heads, sums between, feet below, many sheets, rows and sheets that nobody sees."""

from __future__ import annotations

from pathlib import Path

from niangjia.members.tests.nasty.making import (
    FIRM,
    FIRM_UNIT,
    HEAD,
    MILL,
    MILL_UNIT,
    Pen,
    name,
    nasty,
    number,
    phone,
    picture,
    row,
    simple,
    text,
)

OF_FIRM, OF_MILL = {"union": "firm"}, {"union": "mill"}


@nasty("Heads in two rows, the upper ones over several columns.", good={1: {}, 2: {}}, office=True)
def heads_in_two_rows(path: Path) -> None:
    with Pen(path) as pen:
        made = pen.sheet([[], ["", "", "", "", "", ""], ["", "", "证件号码", "手机号码", "", ""], row(1), row(2)])
        made.merge_range("A1:F1", "会员花名册（合成）", pen.title)
        for column, head in (("A", "序号"), ("B", "姓名"), ("E", "入会时间"), ("F", "岗位")):
            made.merge_range(f"{column}2:{column}3", head, pen.title)
        made.merge_range("C2:D2", "个人信息", pen.title)


@nasty("Subtotals by township in the middle and a sum at the end, in any of the first columns.", good=[1, 2, 3, 4])
def sums_in_the_middle(path: Path) -> None:
    simple(
        path, row(1), row(2), ["", "煤山镇小计", "2人", "", "", ""], row(3), ["小  计", "", "", "1", "", ""], row(4), ["", "合计：4人", "", "", "", ""], ["总计", "4", "4", "", "", ""],
    )  # fmt: skip


@nasty("Below the people: who filled it in, who checked it, a telephone, a day, a place for the stamp.", good=[1, 2], office=True)
def feet_and_stamps(path: Path) -> None:
    simple(
        path, row(1), row(2), [], ["填表人：", "赵六", "", "审核人：", "钱七", ""], ["", "", "单位（盖章）", "", "", "2015年  月  日"], ["联系电话：0572-2000000"],
        ["工会主席（签字）：", "", "", "年   月   日", "", ""], ["", "", "", "", "", "以上情况属实。"], ["注：本表一式两份"],
    )  # fmt: skip


@nasty("A row of the heads again on every printed page, and blank rows between.", good=[1, 2, 3, 4])
def heads_on_every_page(path: Path) -> None:
    simple(path, row(1), row(2), [], HEAD, row(3), [], [], HEAD, row(4))


@nasty("A dozen and more blank rows, and then people again.", good=[1, 2])
def people_after_many_blank_rows(path: Path) -> None:
    simple(path, row(1), *[[] for _ in range(15)], row(2))


@nasty("Rows numbered in advance, with the unit filled in, and nobody in them.", good=[1])
def rows_with_nobody(path: Path) -> None:
    blank = dict.fromkeys(("name", "id", "phone", "joined", "job"), "")
    simple(path, [*row(1), FIRM_UNIT], *([*row(n, **blank), FIRM_UNIT] for n in range(2, 12)), head=[*HEAD, "工作单位"])


@nasty("Columns in another order, under other words, with stars, brackets and breaks in the heads.", good=[1, 2])
def other_words_and_another_order(path: Path) -> None:
    head = ["职务/工种", "＊身份证\n号码（18位）", "移动电话", "何时入会", "姓 名", "备注"]
    simple(path, *(["挡车工", number(n), phone(n), "2015.6", name(n), "无"] for n in (1, 2)), head=head)


@nasty("Two columns of telephones, and the numbers of husbands and of whom to call: her own mobile is taken, nobody else's.", good=[1, 2])
def somebody_elses_columns(path: Path) -> None:
    head = ["序号", "配偶姓名", "配偶身份证号", "紧急联系人手机", "联系电话", "姓名", "身份证号", "手机", "入会时间", "岗位"]
    made = [
        [str(n), name(n + 50), number(n + 50), phone(n + 50), "0572-2000000", name(n), number(n), phone(n), "2015-06", "挡车工"]
        for n in (1, 2)
    ]
    simple(path, *made, head=head)


@nasty(
    "Departments that are one cell over several rows.",
    good={1: {"department": "织造车间"}, 2: {"department": "织造车间"}, 3: {"department": "仓库"}},
    office=True,
)
def cells_over_several_rows(path: Path) -> None:
    with Pen(path) as pen:
        made = pen.sheet([[*HEAD, "车间"], row(1), row(2), [*row(3), "仓库"]])
        made.merge_range("G2:G3", "织造车间", pen.title)


@nasty("One person over two rows, whose second row has no name and no number.", good=[1, 2], bad={4: "name-missing id-missing"})
def one_person_over_two_rows(path: Path) -> None:
    with Pen(path) as pen:
        made = pen.sheet([[], HEAD, row(1), ["", "", "", phone(90), "2015-06-01", "机修工"], row(2)])
        made.merge_range("B3:B4", name(1), pen.note)
        made.merge_range("C3:C4", number(1), pen.note)


@nasty("A line before the people of each workshop.", good=[1, 2, 3])
def lines_between_workshops(path: Path) -> None:
    simple(path, ["一、织造车间"], row(1), row(2), ["", "第二织造车间"], row(3))


@nasty(
    "A sheet for each union of a township, named after it, with instructions and a code list between.", good={1: OF_FIRM, 2: OF_FIRM, 3: OF_MILL}, union="hill",
    bad={(MILL, 3): "check"}, office=True,
)  # fmt: skip
def a_sheet_for_each_union(path: Path) -> None:
    wrong = number(4)[:17] + ("1" if number(4)[17] != "1" else "2")
    with Pen(path) as pen:
        pen.sheet([["请按要求填写。"], ["姓名须与身份证一致"]], "填表说明")
        pen.sheet([HEAD, row(1), row(2)], FIRM)
        pen.sheet([["代码", "名称"], ["1", "身份证"]], "代码表")
        pen.sheet([HEAD, row(3), row(4, id=wrong)], MILL)


@nasty(
    "A township's sheets with the unit beside each person; one unit is in no union, and one sheet has no people at all.", good={1: OF_FIRM, 2: OF_MILL}, union="hill",
    bad={("二", 4): "union-missing"},
)  # fmt: skip
def sheets_by_unit(path: Path) -> None:
    with Pen(path) as pen:
        head = [*HEAD, "单位名称"]
        pen.sheet([head, [*row(1), FIRM_UNIT]], "一")
        pen.sheet([[], head, [*row(2), MILL_UNIT], [*row(3), "没有的厂"]], "二")
        pen.sheet([], "三")


@nasty("The union under its short, its long and its code; a name of another county, and none.", union="hill",
    good={1: OF_FIRM, 2: OF_MILL, 3: OF_MILL}, bad={6: "union-unknown", 7: "union-missing"})  # fmt: skip
def unions_by_many_names(path: Path) -> None:
    unions = [f"{FIRM_UNIT}工会委员会", "U33052200112", "同上", "新市长桥竹业有限公司工会", ""]
    simple(path, *([*row(n), union] for n, union in enumerate(unions, 1)), head=[*HEAD, "所属工会"])


@nasty("Rows that a filter hides, and rows that somebody hid: they are people like the others.", good=[1, 2, 3], office=True)
def hidden_rows(path: Path) -> None:
    with Pen(path) as pen:
        made = pen.sheet([HEAD, row(1), row(2), row(3)])
        made.autofilter(0, 0, 3, 5)
        made.filter_column(5, "x == 机修工")
        for at in (2, 3):
            made.set_row(at, None, None, {"hidden": True})


@nasty("A sheet that is hidden: last year's list, which nobody meant to send.", good=[1])
def a_hidden_sheet(path: Path) -> None:
    with Pen(path) as pen:
        pen.sheet([HEAD, row(1)])
        pen.sheet([HEAD, row(2)], "去年").hide()


@nasty("A photo beside each person, a stamp over the foot, comments, links, colours and a chart.", good=[1, 2], office=True)
def pictures_and_stamps(path: Path) -> None:
    with Pen(path) as pen:
        made = pen.sheet([[*HEAD, "照片"], row(1), row(2)])
        made.insert_image("G2", "a.png", {"image_data": picture()})
        made.insert_image("D4", "b.png", {"image_data": picture()})
        made.write_comment("B2", "本人核对")
        made.write_rich_string("B3", name(2)[:1], pen.title, name(2)[1:])
        chart = pen.book.add_chart({"type": "column"})
        chart.add_series({"values": "=名册!$A$2:$A$3"})
        made.insert_chart("H5", chart)
        pen.book.add_chartsheet("图")


@nasty("The table begins somewhere in the middle of the sheet.", good=[1, 2])
def a_table_in_the_middle(path: Path) -> None:
    with Pen(path) as pen:
        pen.sheet([["", "", "", *cells] for cells in (HEAD, row(1), row(2))], at=6)


@nasty("The example of the template left above the people.", good=[1])
def the_example_left_in(path: Path) -> None:
    simple(path, row(9, no="示例", name="示例：张三"), row(1))


@nasty("No heads at all: people from the first row on.", refused="head")
def no_heads_at_all(path: Path) -> None:
    with Pen(path) as pen:
        pen.sheet([row(1), row(2)])


@nasty("Two tables side by side, to save paper.", refused="side by side")
def two_tables_side_by_side(path: Path) -> None:
    head = ["姓名", "身份证号", "手机"]
    simple(path, [name(1), number(1), phone(1), "", name(2), number(2), phone(2)], head=[*head, "", *head])


@nasty(
    "A table of text as office programs of Windows save it: GB18030, with a title and blank lines.",
    good={1: {}, 2: {"name": "𠮷野"}},
    suffix=".csv",
)
def text_in_gb18030(path: Path) -> None:
    text(path, [["某某工会会员名册（合成）"], [], HEAD, row(1), [], row(2, name="𠮷野")], encoding="gb18030")


@nasty("A table of text in UTF-8 with its mark, parted by semicolons.", good=[1, 2], suffix=".csv")
def text_with_a_mark_and_semicolons(path: Path) -> None:
    text(path, [HEAD, row(1), row(2)], encoding="utf-8-sig", comma=";")


@nasty("A table of text in UTF-16 parted by tabs, as spreadsheets call it Unicode text.", good=[1, 2], suffix=".csv")
def text_in_utf_16_with_tabs(path: Path) -> None:
    text(path, [HEAD, row(1), row(2, job="挡车工\n")], encoding="utf-16", comma="\t")


@nasty("Numbers that a system protected from the spreadsheet: a formula of text, a tab behind them.", good=[1, 2], suffix=".csv")
def text_with_protected_numbers(path: Path) -> None:
    text(path, [HEAD, row(1, id=f'="{number(1)}"', phone=f'="{phone(1)}"'), row(2, id=f"{number(2)}\t")])


@nasty("A table of text that a spreadsheet had rounded before it was saved.", good=[2], bad={2: "ruined"}, suffix=".csv")
def text_that_was_rounded(path: Path) -> None:
    text(path, [HEAD, row(1, id="3.30599E+17"), row(2)], encoding="gb18030")


@nasty("A web page with the name of a workbook, as some systems give them out.", refused="web page", suffix=".xls")
def a_web_page(path: Path) -> None:
    cells = "".join(f"<td>{cell}</td>" for cell in row(1))
    path.write_text(f"<html><body><table><tr>{cells}</tr></table></body></html>", encoding="utf-8")


@nasty("WPS's own kind of file: what it holds cannot be proved, so it is asked for as a workbook.", refused=".et", suffix=".et")
def a_file_of_wps(path: Path) -> None:
    simple(path, row(1))


@nasty("Sheets that are all empty.", refused="head")
def empty_sheets(path: Path) -> None:
    with Pen(path) as pen:
        pen.sheet([], "甲")
        pen.sheet([], "乙")


@nasty(
    "A blank typed by mistake in the last cell of the last row: read as it stands, it would fill the memory of the house.",
    refused="very far",
)
def a_cell_at_the_end_of_the_world(path: Path) -> None:
    with Pen(path) as pen:
        pen.sheet([HEAD, row(1)]).write_string(1_048_575, 16_383, " ")
