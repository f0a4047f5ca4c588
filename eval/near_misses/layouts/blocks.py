"""Layouts in which each thing, question or fact has lines of its own."""

from random import Random

from eval.near_misses.types import Page, Sheet


def labelled(sheet: Sheet, random: Random) -> Page:
    """A marked heading a thing, a line a fact: `○ 電話　0XX-…`."""
    head, item = (
        random.choice(["■ {}", "【{}】", "◆{}", "{number}　{}"]),
        random.choice(["○ ", "・", "", "　"]),
    )
    gap = random.choice(["　", "：", "… ", " "])
    lines, evidence = [sheet.title, sheet.lead, ""], {}
    for number, thing in enumerate(sheet.things, 1):
        lines += [head.format(thing.name, number=number), thing.about]
        for key, value in thing.told.items():
            evidence[thing.name, key] = f"{sheet.labels[key]}{gap}{value}"
            lines.append(item + evidence[thing.name, key])
        lines.append("")
    return Page("\n".join(lines), evidence)


def bullets(sheet: Sheet, random: Random) -> Page:
    """Markdown: a heading a thing, a bullet a fact."""
    mark = random.choice(["- **{}**：{}", "* {}: {}", "- {}　{}"])
    lines, evidence = [f"# {sheet.title}", "", sheet.lead, ""], {}
    for thing in sheet.things:
        lines += [f"## {thing.name}", "", thing.about, ""]
        for key in random.sample(list(thing.told), len(thing.told)):
            line = mark.format(sheet.labels[key], thing.told[key])
            evidence[thing.name, key] = line[2:]
            lines.append(line)
        lines.append("")
    return Page("\n".join(lines), evidence)


def questions(sheet: Sheet, random: Random) -> Page:
    """Questions and answers, those about one thing together or all mixed."""
    entries, evidence = [], {}
    for thing in sheet.things:
        for key, value in thing.told.items():
            fact, label = sheet.facts[key], sheet.labels[key]
            asked = random.choice(fact.asked).format(name=thing.name, label=label)
            told = random.choice(fact.told).format(label=label, value=value)
            evidence[thing.name, key] = told
            entries.append(f"Q　{asked}\nA　{told}\n")
    if random.random() < 0.5:  # as often mixed as sorted
        random.shuffle(entries)
    return Page("\n".join([f"{sheet.title}　よくある質問", sheet.lead, "", *entries]), evidence)


def listed_by_fact(sheet: Sheet, random: Random) -> Page:
    """A heading a fact, under it those things that have it; or one sentence that lists them."""
    in_sentences = random.random() < 0.5  # both are as common
    lines, evidence = [sheet.title, sheet.lead, ""], {}
    for number, (key, label) in enumerate(sheet.labels.items(), 1):
        held = [thing for thing in sheet.things if key in thing.told]
        gap = "は" if in_sentences else "　"
        for thing in held:
            evidence[thing.name, key] = f"{thing.name}{gap}{thing.told[key]}"
        told = [evidence[thing.name, key] for thing in held]
        lines.append(f"{number}　{label}")
        lines += ["、".join(told) + "です。"] if in_sentences else [f"・{line}" for line in told]
        lines.append("")
    return Page("\n".join(lines), evidence)
