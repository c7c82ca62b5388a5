"""What was measured, as a table, as the bounds that it has to keep, and as plots."""
import os
import platform
from datetime import date
from html import escape
from pathlib import Path

BEGIN, END = "<!-- fleet: written by tests/bench/fleet/run -->", "<!-- fleet: end -->"
OURS, HAND = "dragonfab", "ssh, scp, apt by hand"
COLOURS = ["#0b6e4f", "#555555", "#c1666b", "#d4a72c", "#4a7fb5", "#8e6bb0"]
TITLES = {"start": "start", "idle": "nothing to do, {count} hosts", "small": "20 KB package to {count} hosts",
          "big": "{size} MB package to {count} hosts",
          "changed": "{size} MB package, one file of {size} changed, {count} hosts"}


def machine():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 10**9
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    return {"cores": os.cpu_count(), "memory": memory, "system": system, "date": date.today().isoformat()}


def title(case, megabytes):
    kind, _, count = case.partition(" ")
    return TITLES[kind].format(count=count, size=megabytes).replace(" 1 hosts", " 1 host")


def cell(row, key, form, scale=1):
    return form.format(row[key] / scale) if row and key in row else ""


def table(results, megabytes):
    by = {(row["case"], row["tool"], row["delay"]): row for row in results}
    delays = sorted({row["delay"] for row in results})
    far = delays[-1]
    lines = ["| what | who | " + " | ".join(f"{delay} ms: s" for delay in delays)
             + " | round trips | on the wire, KB | CPU, s | memory, MB |", "|---" * (len(delays) + 6) + "|"]
    for case, tool in dict.fromkeys((row["case"], row["tool"]) for row in results):
        rows = [by.get((case, tool, delay)) for delay in delays]
        last = by.get((case, tool, far)) or rows[0]
        lines.append(f"| {title(case, megabytes)} | {tool} | "
                     + " | ".join(cell(row, "seconds", "{:.2f}") for row in rows)
                     + f" | {cell(last, 'turns', '{:.0f}') if case.split()[0] in ('idle', 'small') else ''} | "
                     + f"{cell(last, 'wire', '{:,.0f}', 1000) if case != 'start' else ''} | "
                     + f"{cell(last, 'cpu', '{:.2f}')} | {cell(last, 'memory', '{:.0f}')} |")
    return "\n".join(lines)


def bounds(results, megabytes):
    """Each bound of which both sides were measured: what it is, its figure, and the most it may be."""
    by = {(row["case"], row["tool"], row["delay"]): row for row in results}
    far = max(row["delay"] for row in results)
    size = {case.split()[0]: case for case in dict.fromkeys(row["case"] for row in results) if not case.startswith("idle")}
    idle = [row["case"] for row in results if row["case"].startswith("idle") and row["tool"] == OURS]
    few, many = (min(idle, key=count), max(idle, key=count)) if idle else (None, None)
    usual = "idle 8" if "idle 8" in idle else many

    def ratio(what, most, ours, theirs, key="seconds"):
        one, other = by.get(ours), by.get(theirs)
        return [(what, one[key] / other[key], most)] if one and other and ours != theirs else []

    big = size.get("big", "")
    found = ratio("start / fab --list", 1.0, ("start", OURS, 0), ("start", "Fabric", 0))
    if idle:
        what, ours = f"{title(usual, megabytes)}, {far} ms", (usual, OURS, far)
        found += ratio(f"{what} / pyinfra", 0.5, ours, (usual, "pyinfra", far))
        found += ratio(f"{what} / ssh dpkg-query, cold and parallel", 1.0, ours, (usual, HAND, far))
        found += ratio(f"{title(many, megabytes)} / {title(few, megabytes).split(', ')[-1]}, {far} ms", 1.5,
                       (many, OURS, far), (few, OURS, far))
    for delay in sorted({row["delay"] for row in results}):
        found += ratio(f"{title(big, megabytes)}, {delay} ms / by hand" if big else "", 1.2, (big, OURS, delay),
                       (big, HAND, delay))
    changed = size.get("changed", "")
    found += ratio("bytes for one file changed / for all", 0.1, (changed, OURS, far), (big, OURS, far), "wire")
    memory = max((row["memory"] for row in results if row["tool"] == OURS), default=0)
    return found + [("memory of our process, MB", memory, 300)]


def count(case):
    return int(case.split()[-1])


def text(result):
    results, megabytes = result["results"], result["megabytes"]
    rounds = "one round" if result["runs"] == 1 else f"medians of {result['runs']} rounds"
    lines = [f"{result['cores']} cores, {result['memory']} GB, {result['system']}, {result['date']}; {rounds}."]
    if result["short"]:
        lines.append("All of it ran; in so short a form the figures say nothing.")
    else:
        lines += ["", "| bound | figure | at most | |", "|---|---|---|---|"]
        for what, figure, most in bounds(results, megabytes):
            lines.append(f"| {what} | {figure:.3g} | {most} | {'holds' if figure <= most else '**does not hold**'} |")
    return "\n".join(lines + ["", table(results, megabytes)])


def plot(rows, megabytes, unit="s"):
    """Bars, one group for each case, its length relative to the longest of the group."""
    tools = list(dict.fromkeys(row["tool"] for row in rows))
    parts, y = [], 10
    for case in dict.fromkeys(row["case"] for row in rows):
        group = [row for row in rows if row["case"] == case]
        longest = max(row["seconds"] for row in group)
        y += 18
        parts.append(f'<text x="10" y="{y}" font-weight="bold">{escape(title(case, megabytes))}</text>')
        for row in group:
            y += 18
            width = max(1, 380 * row["seconds"] / longest)
            colour = COLOURS[tools.index(row["tool"]) % len(COLOURS)]
            parts.append(f'<text x="170" y="{y}" text-anchor="end">{escape(row["tool"])}</text>'
                         f'<rect x="178" y="{y - 11}" width="{width:.0f}" height="13" fill="{colour}"/>'
                         f'<text x="{184 + width:.0f}" y="{y}">{row["seconds"]:.2f} {unit}</text>')
        y += 10
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="640" height="{y + 10}" font-family="sans-serif"'
            f' font-size="12"><rect width="100%" height="100%" fill="white"/>\n' + "\n".join(parts) + "\n</svg>\n")


def document(result, docs):
    page, results = docs / "benchmarks.md", result["results"]
    pictures = []
    for delay in sorted({row["delay"] for row in results}):
        rows = [row for row in results if row["delay"] == delay and (delay or row["case"] != "start")]
        if rows:
            (docs / f"benchmarks-fleet-{delay}.svg").write_text(plot(rows, result["megabytes"]))
            pictures.append(f"![Seconds of each tool, at {delay} ms](benchmarks-fleet-{delay}.svg)")
    before, rest = page.read_text().split(BEGIN, 1)
    page.write_text(before + BEGIN + "\n" + text(result) + "\n\n" + "\n\n".join(pictures) + "\n" + END
                    + rest.split(END, 1)[1])
