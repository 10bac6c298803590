"""What a reader does with the page. Every test also fails on any console message, error or request
beyond the file system (see conftest)."""

import csv
import itertools
import re

import pytest


def classes(page):
    return page.evaluate("camaudit.data.classes.map(c => ({key: c.key, name: c.name, images: c.images}))")


def class_with_images(page, at_least=2):
    """The key of the first class with a gallery of several images, photographs among them."""
    for entry in classes(page):
        found = page.evaluate(
            """async ([key, least]) => {
              const data = await camaudit.load(key);
              return data.galleries.find(g => g.images.length >= least
                && g.images.slice(0, least).every(i => data.images[i].photo && data.images[i].explanations[0].map))?.id;
            }""",
            [entry["key"], at_least],
        )
        if found:
            return entry["key"], found
    pytest.fail("no class of this report has a gallery of two photographs")


def open_gallery(open_page):
    """Opens a class and the first image of a gallery with several."""
    page = open_page("#/")
    key, gallery = class_with_images(page)
    page.goto(page.url.split("#")[0] + f"#/class/{key}")
    tiles = page.locator(f"#gallery-{gallery} a.tile")
    tiles.first.click()
    page.wait_for_selector("#viewer[open] .stage img")
    return page, key, tiles


def title(page):
    return page.locator("#viewer-title").inner_text()


def heat_alpha(page):
    """The sum of the heat canvas's alpha: how strongly the map covers the photograph."""
    return page.evaluate(
        """() => {
          const canvas = document.querySelector('.stage canvas.heat');
          if (canvas.hidden) return 0;
          // Read from a copy: a canvas that is read often is one the browser warns about.
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
          copy.drawImage(canvas, 0, 0);
          const pixels = copy.getImageData(0, 0, canvas.width, canvas.height).data;
          let sum = 0;
          for (let i = 3; i < pixels.length; i += 4) sum += pixels[i];
          return sum;
        }"""
    )


def column(page, field):
    texts = page.locator(f".tabulator-row .tabulator-cell[tabulator-field={field}]").all_inner_texts()
    return [text.strip() for text in texts]


def numbers(texts):
    return [float(re.match(r"[\d.,]+", text)[0].replace(",", "")) for text in texts if text != "–"]


def test_overview_says_what_the_run_found(open_page):
    page = open_page()
    assert page.locator("h1:visible").inner_text().strip()
    assert page.locator(".figure .value").count() == 4
    assert page.locator("#proof").is_visible()
    found = page.evaluate(
        "camaudit.data.classes.filter(c => c.flags.length || c.level?.name === 'Confirmed').map(c => c.name)"
    )
    tied = page.locator(".suspect", has_text="its background counts").locator("h3 a").all_inner_texts()
    assert page.locator(".suspect").count() == min(8, len({*found, *tied}))
    if page.evaluate("camaudit.data.rightReason !== undefined"):
        shares = page.locator(".matrix .share").all_inner_texts()
        assert len(shares) == 4
        assert abs(sum(numbers(shares)) - 100) < 2.1  # four rounded figures


def test_each_suspect_leads_with_its_most_telling_images(open_page):
    page = open_page("#/")
    for key in page.evaluate("Object.keys(camaudit.data.telling)"):
        tiles = page.locator(f"[data-telling='{key}'] a.tile")
        shown = page.evaluate("key => camaudit.load(key).then(data => data.images.length)", key)
        assert tiles.count() == min(4, shown)
        first = page.evaluate("key => camaudit.load(key).then(data => data.images[0].name)", key)
        assert tiles.first.locator(".tile-name").inner_text() == first.split("/")[-1]
        if tiles.first.locator("canvas").count():
            assert tiles.first.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    if page.locator(".telling a.tile").count():
        page.locator(".telling a.tile").first.click()
        page.wait_for_selector("#viewer[open] h2")


def test_a_gallery_is_saved_as_csv(open_page):
    page = open_page("#/")
    key, gallery = class_with_images(page)
    page.goto(page.url.split("#")[0] + f"#/class/{key}")
    names = page.evaluate(
        """([key, id]) => camaudit.load(key).then(data => data.galleries.find(g => g.id === id).images
          .map(i => data.images[i].name))""",
        [key, gallery],
    )
    with page.expect_download() as download:
        page.locator(f"#gallery-{gallery} button.save").click()
    assert download.value.suggested_filename.endswith(".csv")
    with open(download.value.path(), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["image"].removeprefix("'") for row in rows] == names
    assert set(rows[0]) == {"image", "label", "predicted", "probability", "verdict", "status"}


def test_maps_are_tested_in_words_and_a_figure(open_page):
    page = open_page("#/")
    test = page.locator("section[aria-labelledby=map-test]")
    if test.count() == 0:
        pytest.skip("the run's maps were not tested")
    assert "symmetric relevance gain" in test.inner_text().lower()
    assert test.locator("svg polyline").count() == 3
    assert "falls from" in test.locator("svg").get_attribute("aria-label")
    rows = test.locator("table.gains tbody tr")
    assert rows.count() == 0 or test.locator("tr.own").count() == 1


def test_pictures_themselves_are_compared(open_page):
    page = open_page("#/")
    assert page.locator("#told").is_visible()
    told = page.locator("article.told")
    # Either who is told by what, or that nobody is.
    assert told.count() > 0 or "No class is told" in page.locator("section[aria-labelledby=told]").inner_text()
    links = told.locator("h3 a")
    key = links.first.get_attribute("href") if links.count() else f"#/class/{classes(page)[0]['key']}"
    page.goto(page.url.split("#")[0] + key)
    rows = page.locator("#pictures table.numbers tbody tr")
    rows.first.wait_for()
    assert "Brightness" in rows.first.inner_text()
    assert rows.count() >= 8
    flagged = page.locator("#pictures .told-by").count()
    assert flagged == page.locator("#pictures .sentence").count() and (flagged > 0) == (links.count() > 0)


def test_table_sorts_by_mouse_and_keyboard(open_page):
    page = open_page("#/classes")
    heading = page.locator(".tabulator-col[tabulator-field=b] .sorter")
    heading.click()
    rising = numbers(column(page, "b"))
    heading.focus()
    page.keyboard.press("Enter")
    falling = numbers(column(page, "b"))
    assert len(rising) >= 2
    assert rising == sorted(rising)
    assert falling == sorted(falling, reverse=True)
    assert falling[0] > rising[0]


def test_table_filters_by_name(open_page):
    page = open_page("#/classes")
    everything = classes(page)
    wanted = everything[-1]["name"]
    matching = [c["name"] for c in everything if wanted.lower() in c["name"].lower()]
    page.locator("#classes-search").fill(wanted.upper())
    page.wait_for_function(
        "text => document.getElementById('classes-status').textContent.startsWith(text)",
        arg=f"{len(matching)} " if len(matching) != len(everything) else f"{len(everything):,}",
    )
    assert {text.split("\n")[0] for text in column(page, "name")} <= set(matching)
    page.locator("#classes-search").fill("no class is called this")
    page.wait_for_selector(".tabulator-placeholder:visible")
    page.locator("#classes-search").fill("")
    page.locator("#classes-flagged").check()
    suspects = page.evaluate("camaudit.data.classes.filter(c => c.flags.length).length")
    page.wait_for_function(
        "n => document.getElementById('classes-status').textContent.startsWith(String(n))", arg=suspects
    )


def test_what_is_cut_off_shows_whole(open_page):
    page, _, _ = open_gallery(open_page)
    page.keyboard.press("Escape")
    page.wait_for_selector("#viewer", state="hidden")
    whole = page.locator(".whole")
    cut = page.locator("#view-class .tile-name[data-whole]")
    name = cut.first.get_attribute("data-whole")
    page.mouse.move(0, 0)
    cut.first.scroll_into_view_if_needed()
    cut.first.hover()
    whole.wait_for(state="visible")
    assert name in whole.inner_text()
    page.mouse.move(0, 0)
    whole.wait_for(state="hidden")
    # Never the one that has the focus since its image was closed: that is the first of several.
    cut.last.locator("xpath=ancestor::a").focus()
    whole.wait_for(state="visible")
    assert cut.last.get_attribute("data-whole") in whole.inner_text()


def test_proof_shows_pictures_and_hides_its_numbers(open_page):
    page = open_page()
    proved = page.evaluate("camaudit.data.classes.filter(c => c.level?.name === 'Confirmed').map(c => c.key)")
    if not proved:
        assert page.locator(".suspect .badge").count() == 0 or page.evaluate("camaudit.data.proved")
        return
    first = page.locator(".suspect").first
    assert first.locator(".badge").inner_text() == "Confirmed"
    assert first.locator(".strip img").count() == 3
    assert page.evaluate("[...document.querySelectorAll('.suspect .strip img')].every(i => i.naturalWidth > 0)")
    assert not first.locator("details .sentence").first.is_visible()
    first.locator("summary").click()
    assert "95 % interval" in first.locator("details .sentence").first.inner_text()
    page.goto(page.url.split("#")[0] + f"#/class/{proved[0]}")
    page.wait_for_selector(".evidence .strip img")
    assert not page.locator(".evidence table").is_visible()
    page.locator(".evidence summary").click()
    assert page.locator(".evidence tbody tr").count() >= 3


def test_channels_show_the_pictures_they_like(open_page):
    page = open_page("#/")
    keys = [entry["key"] for entry in classes(page)]
    shown = page.evaluate(
        "async keys => (await Promise.all(keys.map(k => camaudit.load(k)))).filter(d => d.channels).map(d => d.key)",
        keys,
    )
    if not shown:
        page.goto(page.url.split("#")[0] + f"#/class/{keys[0]}")
        page.wait_for_selector("#view-class h1")
        assert page.locator("#channels").count() == 0
        return
    page.goto(page.url.split("#")[0] + f"#/class/{shown[0]}")
    page.wait_for_selector("#channels .liked img")
    cards = page.locator("#channels .channel")
    assert 1 <= cards.count() <= 6
    for card in cards.all():
        assert 1 <= card.locator(".liked").count() <= 12
        assert "of what speaks for the class" in card.inner_text()
    assert page.locator("#channels canvas.heat").count() > 0


def test_a_way_of_being_recognised_filters_the_galleries_and_is_saved(open_page):
    page = open_page()
    if not page.locator("section[aria-labelledby=ways]").count():
        page.goto(page.url.split("#")[0] + f"#/class/{class_with_images(page)[0]}")
        page.wait_for_selector("#view-class .class-head")
        assert page.locator("#ways-of-class").count() == 0
        return
    links = page.locator("section[aria-labelledby=ways] h3 a")
    assert links.count() or "None of" in page.locator("section[aria-labelledby=ways]").inner_text()
    if not links.count():
        return
    links.first.click()
    section = page.locator("#ways-of-class")
    section.wait_for()
    key = page.url.rsplit("/", 1)[1]
    ways = page.evaluate("async key => (await camaudit.load(key)).strategies", key)
    assert section.locator("circle.way").count() == len(ways["points"]["names"])
    shown = page.locator(".gallery .tile:visible")
    before = shown.count()
    section.get_by_role("button", name="Way 2").click()
    assert section.get_by_role("button", name="Way 2", exact=True).get_attribute("aria-pressed") == "true"
    assert 0 < shown.count() < before
    chosen = {int(tile.get_attribute("data-image")) for tile in shown.all()}
    assert {ways["ofImages"][i] for i in chosen} == {2}
    assert section.locator("circle.faded").count() == sum(s != 2 for s in ways["points"]["strategies"])
    with page.expect_download() as saved:
        section.get_by_role("button", name="Names of way 2 as CSV").click()
    with open(saved.value.path(), encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    names = zip(ways["points"]["names"], ways["points"]["strategies"], strict=True)
    assert lines == [["image", "strategy"], *([name, "2"] for name, strategy in names if strategy == 2)]
    # A point chooses its way, and the same again chooses none.
    section.locator("circle.way-1").first.dispatch_event("click")
    assert {ways["ofImages"][int(tile.get_attribute("data-image"))] for tile in shown.all()} == {1}
    section.get_by_role("button", name="Way 1", exact=True).click()
    assert shown.count() == before

    # A box around some points chooses these, whatever their way.
    frame, edge, inside = left_of_a_gap(section, ways)
    page.mouse.move(frame["x"] + 8, frame["y"] + 8)  # its corners are round
    page.mouse.down()
    page.mouse.move(frame["x"] + edge * frame["width"] / 2, frame["y"] + 50, steps=4)
    page.mouse.move(frame["x"] + edge * frame["width"], frame["y"] + frame["height"] - 8, steps=4)
    page.mouse.up()
    assert section.locator("circle.way:not(.faded)").count() == len(inside)
    images = page.evaluate("async key => (await camaudit.load(key)).images.map(image => image.name)", key)
    assert {images[int(tile.get_attribute("data-image"))] for tile in shown.all()} == inside & set(images)
    with page.expect_download() as saved:
        section.get_by_role("button", name="chosen point").click()
    with open(saved.value.path(), encoding="utf-8", newline="") as file:
        assert {row[0] for row in list(csv.reader(file))[1:]} == inside
    section.get_by_role("button", name="All images").click()
    assert shown.count() == before


def left_of_a_gap(section, ways):
    """The chart's frame, a share of its width at which no point is, and the names of the points to the left of it."""
    chart = section.locator("svg.scatter")
    chart.evaluate("chart => chart.scrollIntoView({block: 'center'})")
    frame = chart.bounding_box()
    across = [
        (dot["x"] + dot["width"] / 2 - frame["x"]) / frame["width"]
        for dot in (dot.bounding_box() for dot in section.locator("circle.way").all())
    ]
    # Where the widest gap is, so that a pixel more or less does not matter.
    places = sorted(across)
    edge = max((right - left, (left + right) / 2) for left, right in itertools.pairwise(places))[1]
    return frame, edge, {name for name, x in zip(ways["points"]["names"], across, strict=True) if x < edge}


def open_scatter(open_page, **settings):
    """The section of a class with a scatter and its ways; `None` in a run that has no such class."""
    page = open_page(**settings)
    links = page.locator("section[aria-labelledby=ways] h3 a")
    if not links.count():
        return None
    links.first.click()
    section = page.locator("#ways-of-class")
    section.wait_for()
    return section, page.evaluate("async key => (await camaudit.load(key)).strategies", page.url.rsplit("/", 1)[1])


def test_points_are_chosen_from_the_keyboard(open_page):
    found = open_scatter(open_page)
    if not found:
        return
    section, ways = found
    keys = section.page.keyboard
    lit = section.locator("circle.way:not(.faded)")
    _, edge, inside = left_of_a_gap(section, ways)
    assert 0 < len(inside) < lit.count()
    chart = section.get_by_role("application", name=f"Scatter of {len(ways['points']['names'])} images")
    assert "Enter" in chart.evaluate(
        "chart => document.getElementById(chart.getAttribute('aria-describedby')).textContent"
    )
    chart.focus()
    for key in ("ArrowLeft", "ArrowUp"):
        for _ in range(16):  # from the middle to the edge and no further
            keys.press(key)
    keys.press("Enter")
    tens, ones = divmod(round(edge * 300), 10)
    for key, times in (("ArrowDown", 31), ("ArrowRight", tens), ("Shift+ArrowRight", ones)):
        for _ in range(times):
            keys.press(key)
    assert section.locator("rect.scatter-box").count() == 1
    plural = "point" if len(inside) == 1 else "points"
    assert section.get_by_role("status").filter(has_text=f"{len(inside)} {plural} in the box").count() == 1
    keys.press("Enter")
    assert section.locator("rect.scatter-box").count() == 0
    assert lit.count() == len(inside)
    # A box that is given up changes nothing, and the cross goes with the focus.
    keys.press("Space")
    assert section.locator("rect.scatter-box").count() == 1
    keys.press("Escape")
    assert section.locator("rect.scatter-box").count() == 0
    assert lit.count() == len(inside)
    assert section.locator(".scatter-cross").count() == 1
    keys.press("Tab")
    assert section.locator(".scatter-cross").count() == 0


def test_points_are_chosen_by_taps(open_page):
    found = open_scatter(open_page, has_touch=True)
    if not found:
        return
    section, ways = found
    frame, edge, inside = left_of_a_gap(section, ways)
    tap = section.page.touchscreen.tap
    tap(frame["x"] + 8, frame["y"] + 8)
    assert section.locator("rect.scatter-box").count() == 1
    tap(frame["x"] + edge * frame["width"], frame["y"] + frame["height"] - 8)
    assert section.locator("circle.way:not(.faded)").count() == len(inside)
    # A tap on a point still chooses its way.
    section.locator("circle.way-1").first.tap(force=True)  # another may lie on it
    assert section.locator("button[aria-pressed=true]").count() == 1


def test_table_keeps_only_visible_rows_in_the_document(open_page):
    page = open_page("#/classes")
    assert page.locator(".tabulator-row").count() <= 60


def test_class_opens_from_the_table_and_back(open_page):
    page = open_page("#/classes")
    link = page.locator(".tabulator-row a").first
    name = link.inner_text()
    link.click()
    page.wait_for_selector("#view-class .class-head")
    assert page.locator("#view-class h1").inner_text() == name
    assert page.locator("#view-class table.numbers tbody tr").count() >= 3
    assert page.locator("#view-class svg.histogram").count() >= 1
    page.go_back()
    page.wait_for_selector("#view-classes:visible")


def test_curves_over_depth_are_drawn_where_there_are_several_layers(open_page):
    page = open_page()
    curves = page.evaluate("(camaudit.data.curves || []).map(c => [c.name, c.points.map(p => p.layer)])")
    assert page.locator("#depth-charts svg.curve").count() == len(curves)
    if not curves:
        return
    page.locator("#view-overview summary", has_text="As a table").click()
    rows = page.locator("section[aria-labelledby=depth] tbody th").all_inner_texts()
    assert rows == curves[0][1]
    key, _ = class_with_images(page)
    page.goto(page.url.split("#")[0] + f"#/class/{key}")
    page.wait_for_selector("#class-depth svg.curve")
    assert page.locator("#class-depth svg.curve").count() == len(curves)
    charts = page.locator("#class-depth svg.curve").all()
    for chart, (name, layers) in zip(charts, curves, strict=True):
        assert name in chart.get_attribute("aria-label")
        titles = [title.text_content() for title in chart.locator("title").all()]
        assert [title.split(":")[0] for title in titles] == layers
        box = chart.bounding_box()
        for text in chart.locator("text").all():
            inside = text.bounding_box()
            assert inside["x"] >= box["x"] - 1 and inside["x"] + inside["width"] <= box["x"] + box["width"] + 1
    assert page.locator("#class-depth .sweep li").count() == len(curves[0][1])


def test_image_opens_with_photograph_map_and_numbers(open_page):
    page, _, _ = open_gallery(open_page)
    page.wait_for_function("document.querySelector('.stage img').naturalWidth > 0")
    assert page.locator(".top li").count() >= 1
    assert page.locator(".side dl.pairs dt").count() >= 5
    assert heat_alpha(page) > 0
    assert page.locator(".controls .legend-ends span").count() == 3
    outlines = page.locator(".stage svg.outlines")
    if outlines.count():
        assert outlines.is_visible()
        page.get_by_label("Region outlines").uncheck()
        assert not outlines.is_visible()


def test_cells_are_drawn_where_the_run_laid_them(open_page):
    """Of two columns the first looks at a quarter and the second at the middle of eight pixels' width."""
    page = open_page()
    row = page.evaluate(
        "() => [...camaudit.heat.upsample({h: 1, w: 2, v: [0, 1], x: [0.25, 0.5], y: [0.4]}, 8)].slice(8, 16)"
    )
    assert row == pytest.approx([0, 0, 0.25, 0.75, 1, 1, 1, 1])
    even = page.evaluate("() => [...camaudit.heat.upsample({h: 1, w: 2, v: [0, 1]}, 8)].slice(8, 16)")
    assert even == pytest.approx([0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1])


def test_slider_and_modes_change_the_heat(open_page):
    page, _, _ = open_gallery(open_page)
    slider = page.locator("#opacity")
    before = heat_alpha(page)
    slider.focus()
    page.keyboard.press("End")
    strongest = heat_alpha(page)
    page.keyboard.press("Home")
    assert strongest > before
    assert heat_alpha(page) == 0
    page.get_by_role("button", name="Heatmap").click()
    assert heat_alpha(page) == 224 * 224 * 255
    page.get_by_role("button", name="Photograph").click()
    assert heat_alpha(page) == 0


def test_slider_changes_what_is_seen(open_page):
    page, _, _ = open_gallery(open_page)
    page.wait_for_function("document.querySelector('.stage img').complete")
    weak = page.locator(".stage").screenshot()
    page.locator("#opacity").focus()
    page.keyboard.press("End")
    assert page.locator(".stage").screenshot() != weak


def test_arrows_walk_the_gallery_and_escape_closes(open_page):
    page, key, tiles = open_gallery(open_page)
    first = title(page)
    page.keyboard.press("ArrowRight")
    second = title(page)
    assert second != first
    address = page.evaluate("location.hash")
    page.keyboard.press("ArrowLeft")
    assert title(page) == first
    page.keyboard.press("ArrowLeft")
    assert title(page) == first, "the first image stays"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("location.hash") == address
    page.keyboard.press("Escape")
    page.wait_for_function("hash => location.hash === hash", arg=f"#/class/{key}")
    # Focus is on the image last seen.
    page.wait_for_function("href => document.activeElement.getAttribute('href') === href", arg=address)
    assert not page.locator("#viewer").is_visible()
    assert tiles.nth(1).get_attribute("href") == address


def test_address_of_an_image_opens_it(open_page):
    page, _, _ = open_gallery(open_page)
    name, address = title(page), page.evaluate("location.hash")
    again = open_page(address)
    again.wait_for_selector("#viewer[open]")
    assert title(again) == name


def test_unknown_addresses_say_so(open_page):
    page = open_page("#/class/no-such-class")
    page.wait_for_selector("#view-class h1")
    assert page.locator("#view-class h1").inner_text() == "Not in this report"
    odd = open_page("#/%E0%A4%A")
    assert odd.locator("#view-overview").is_visible()


def test_names_stay_text(open_page):
    """Whatever names say, the page holds no element, attribute or address that they asked for."""
    page, _, _ = open_gallery(open_page)
    strange = """[...document.querySelectorAll('*')].filter(e =>
      [...e.attributes].some(a => a.name.startsWith('on') || /^\\s*javascript:/i.test(a.value))
      || (e.tagName === 'IMG' && e.getAttribute('src') === 'x')
      || (e.tagName === 'SCRIPT' && !e.src)).map(e => e.outerHTML.slice(0, 200))"""
    assert page.evaluate(strange) == []
    page.keyboard.press("Escape")
    base = page.url.split("#")[0]
    for entry in classes(page)[:12]:
        page.goto(base + f"#/class/{entry['key']}")
        page.wait_for_function(
            "name => document.querySelector('#view-class h1')?.textContent === name", arg=entry["name"]
        )
        assert page.evaluate(strange) == []


def test_pictures_and_controls_have_names(open_page):
    page, _, _ = open_gallery(open_page)
    unnamed = page.evaluate(
        """[...document.querySelectorAll('img, canvas, button, input, select, a')].filter(e => {
          if (e.closest('[aria-hidden=true]')) return false;
          if (e.tagName === 'IMG') return !e.hasAttribute('alt');
          if (e.tagName === 'CANVAS') return !(e.getAttribute('aria-label'));
          return !(e.textContent.trim() || e.getAttribute('aria-label') || (e.labels && e.labels.length));
        }).map(e => e.outerHTML.slice(0, 160))"""
    )
    assert unnamed == []


@pytest.mark.parametrize("address", ["#/", "#/classes", "class"])
def test_fits_a_phone(open_page, address):
    page = open_page("#/", viewport={"width": 390, "height": 844})
    if address == "class":
        address = f"#/class/{class_with_images(page)[0]}"
    page.goto(page.url.split("#")[0] + address)
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_every_number_of_an_image_can_be_reached_on_a_phone(open_page):
    page = open_page("#/", viewport={"width": 390, "height": 844})
    key, gallery = class_with_images(page)
    page.goto(page.url.split("#")[0] + f"#/class/{key}")
    page.locator(f"#gallery-{gallery} a.tile").first.click()
    last = page.locator(".side .file")
    page.locator(".viewer-body").evaluate("node => node.scrollTo(0, node.scrollHeight)")
    page.wait_for_function(
        "() => { const at = document.querySelector('.side .file').getBoundingClientRect();"
        " return at.bottom <= innerHeight && at.top >= 0; }"
    )
    assert last.is_visible()


def test_follows_the_dark_scheme(open_page):
    def brightness(page):
        return sum(map(int, re.findall(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))[:3]))

    assert brightness(open_page(color_scheme="dark")) < 200
    assert brightness(open_page(color_scheme="light")) > 600
